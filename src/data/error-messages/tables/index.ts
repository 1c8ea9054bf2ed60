import type { MessageTable } from '../types.js';
import { apt } from './apt.js';
import { chromiumCodes } from './chromium-codes.js';
import { chromiumPages } from './chromium-pages.js';
import { curl, curlVague } from './curl.js';
import { docker, kubectl } from './docker.js';
import { dotnet } from './dotnet.js';
import { edge } from './edge.js';
import { firefoxCodes } from './firefox-codes.js';
import { firefoxPages } from './firefox-pages.js';
import { git } from './git.js';
import { go } from './go.js';
import { http } from './http.js';
import { java } from './java.js';
import { libpq } from './libpq.js';
import { mongodb } from './mongodb.js';
import { mysql } from './mysql.js';
import { node } from './node.js';
import { npm } from './npm.js';
import { ruby, rust } from './other-runtimes.js';
import { php } from './php.js';
import { pip } from './pip.js';
import { posix } from './posix.js';
import { posixTranslations } from './posix-translations.js';
import { python } from './python.js';
import { redis } from './redis.js';
import { foundation, safari } from './safari.js';
import { smtp } from './smtp.js';
import { ssh } from './ssh.js';
import { gnutls, openssl } from './tls-libraries.js';
import { wget } from './wget.js';
import { windowsCodes } from './windows.js';
import { windowsTexts } from './windows-texts.js';

/** Order decides between equally long matches: the earlier table is taken. */
export const messageTables: readonly MessageTable[] = [
  chromiumCodes,
  chromiumPages,
  firefoxCodes,
  firefoxPages,
  safari,
  foundation,
  edge,
  curl,
  curlVague,
  wget,
  ssh,
  git,
  npm,
  pip,
  apt,
  docker,
  kubectl,
  libpq,
  mysql,
  redis,
  mongodb,
  smtp,
  java,
  go,
  python,
  dotnet,
  node,
  php,
  rust,
  ruby,
  openssl,
  gnutls,
  windowsCodes,
  windowsTexts,
  http,
  posix,
  posixTranslations,
];
