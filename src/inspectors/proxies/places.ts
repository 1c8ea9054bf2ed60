import type { Reader } from './found.js';
import { readApt } from './read-apt.js';
import { readDconf, readKde } from './read-desktop.js';
import { readKeys } from './read-keys.js';
import { readVariables } from './read-variables.js';

export interface Place {
  readonly path: string;
  /** It is a directory: its files with this ending are read. */
  readonly ending?: string;
  readonly reader: Reader;
}

const wget = readKeys(['http_proxy', 'https_proxy']);
const curl = readKeys(['proxy', '--proxy', '-x']);
const git = readKeys(['http/proxy', 'https/proxy']);
const npm = readKeys(['proxy', 'https-proxy']);
const pip = readKeys(['global/proxy']);
const dnf = readKeys(['main/proxy']);

/** Only root can write these. */
export const systemPlaces: readonly Place[] = [
  { path: '/etc/environment', reader: readVariables },
  { path: '/etc/environment.d', ending: '.conf', reader: readVariables },
  { path: '/etc/profile', reader: readVariables },
  { path: '/etc/profile.d', ending: '.sh', reader: readVariables },
  { path: '/etc/bash.bashrc', reader: readVariables },
  { path: '/etc/bashrc', reader: readVariables },
  { path: '/etc/zsh/zshenv', reader: readVariables },
  { path: '/etc/zsh/zprofile', reader: readVariables },
  { path: '/etc/sysconfig/proxy', reader: readVariables },
  { path: '/etc/apt/apt.conf', reader: readApt },
  { path: '/etc/apt/apt.conf.d', ending: '', reader: readApt },
  { path: '/etc/dnf/dnf.conf', reader: dnf },
  { path: '/etc/yum.conf', reader: dnf },
  { path: '/etc/systemd/system.conf', reader: readVariables },
  { path: '/etc/systemd/system/docker.service.d', ending: '.conf', reader: readVariables },
  { path: '/etc/wgetrc', reader: wget },
  { path: '/etc/gitconfig', reader: git },
  { path: '/etc/pip.conf', reader: pip },
  { path: '/etc/npmrc', reader: npm },
  { path: '/etc/dconf/db/local.d', ending: '', reader: readDconf },
  { path: '/etc/dconf/db/site.d', ending: '', reader: readDconf },
  { path: '/etc/dconf/db/distro.d', ending: '', reader: readDconf },
  { path: '/etc/xdg/kioslaverc', reader: readKde },
];

/** The user's own, below the home directory: never read as root. */
export const homePlaces: readonly Place[] = [
  { path: '.profile', reader: readVariables },
  { path: '.bash_profile', reader: readVariables },
  { path: '.bashrc', reader: readVariables },
  { path: '.zshenv', reader: readVariables },
  { path: '.zprofile', reader: readVariables },
  { path: '.zshrc', reader: readVariables },
  { path: '.config/environment.d', ending: '.conf', reader: readVariables },
  { path: '.config/kioslaverc', reader: readKde },
  { path: '.wgetrc', reader: wget },
  { path: '.curlrc', reader: curl },
  { path: '.gitconfig', reader: git },
  { path: '.npmrc', reader: npm },
  { path: '.config/pip/pip.conf', reader: pip },
];
