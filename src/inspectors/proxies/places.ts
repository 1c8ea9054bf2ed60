import type { ProxyReader } from '../../model/proxy-facts.js';
import type { Reader } from './found.js';
import { readApt } from './read-apt.js';
import { readDconf, readKde } from './read-desktop.js';
import { readClient, readDaemon } from './read-docker.js';
import { readKeys } from './read-keys.js';
import { readVariables } from './read-variables.js';

export interface Place {
  readonly path: string;
  /** It is a directory: its files with this ending are read. */
  readonly ending?: string;
  readonly reader: Reader;
  readonly by: ProxyReader;
}

const wget = readKeys(['http_proxy', 'https_proxy'], { without: ['no_proxy'], switches: ['use_proxy'] });
const curl = readKeys(['proxy', '--proxy', '-x'], { without: ['noproxy', '--noproxy'] });
const git = readKeys(['http/proxy']);
const npm = readKeys(['proxy', 'https-proxy'], { without: ['noproxy', 'no-proxy'] });
const pip = readKeys(['global/proxy']);
const dnf = readKeys(['main/proxy']);

/** Only root can write these. */
export const systemPlaces: readonly Place[] = [
  { path: '/etc/environment', reader: readVariables, by: 'sessions' },
  { path: '/etc/environment.d', ending: '.conf', reader: readVariables, by: 'sessions' },
  { path: '/usr/lib/environment.d', ending: '.conf', reader: readVariables, by: 'sessions' },
  { path: '/etc/profile', reader: readVariables, by: 'sessions' },
  { path: '/etc/profile.d', ending: '.sh', reader: readVariables, by: 'sessions' },
  { path: '/etc/bash.bashrc', reader: readVariables, by: 'sessions' },
  { path: '/etc/bashrc', reader: readVariables, by: 'sessions' },
  { path: '/etc/zsh/zshenv', reader: readVariables, by: 'sessions' },
  { path: '/etc/zsh/zprofile', reader: readVariables, by: 'sessions' },
  { path: '/etc/sysconfig/proxy', reader: readVariables, by: 'sessions' },
  { path: '/etc/apt/apt.conf', reader: readApt, by: 'apt' },
  { path: '/etc/apt/apt.conf.d', ending: '', reader: readApt, by: 'apt' },
  { path: '/etc/dnf/dnf.conf', reader: dnf, by: 'dnf' },
  { path: '/etc/yum.conf', reader: dnf, by: 'dnf' },
  { path: '/etc/systemd/system.conf', reader: readVariables, by: 'services' },
  { path: '/etc/systemd/system.conf.d', ending: '.conf', reader: readVariables, by: 'services' },
  { path: '/etc/systemd/user.conf', reader: readVariables, by: 'sessions' },
  { path: '/etc/systemd/user.conf.d', ending: '.conf', reader: readVariables, by: 'sessions' },
  { path: '/etc/systemd/system/containerd.service.d', ending: '.conf', reader: readVariables, by: 'services' },
  { path: '/etc/systemd/system/crio.service.d', ending: '.conf', reader: readVariables, by: 'services' },
  { path: '/etc/systemd/system/docker.service.d', ending: '.conf', reader: readVariables, by: 'Docker' },
  { path: '/etc/docker/daemon.json', reader: readDaemon, by: 'Docker' },
  { path: '/etc/wgetrc', reader: wget, by: 'wget' },
  { path: '/etc/gitconfig', reader: git, by: 'git' },
  { path: '/etc/pip.conf', reader: pip, by: 'pip' },
  { path: '/etc/npmrc', reader: npm, by: 'npm' },
  { path: '/etc/dconf/db/local.d', ending: '', reader: readDconf, by: 'browsers' },
  { path: '/etc/dconf/db/site.d', ending: '', reader: readDconf, by: 'browsers' },
  { path: '/etc/dconf/db/distro.d', ending: '', reader: readDconf, by: 'browsers' },
  { path: '/etc/xdg/kioslaverc', reader: readKde, by: 'browsers' },
];

/** The user's own, below the home directory: never read as root. */
export const homePlaces: readonly Place[] = [
  { path: '.profile', reader: readVariables, by: 'sessions' },
  { path: '.bash_profile', reader: readVariables, by: 'sessions' },
  { path: '.bashrc', reader: readVariables, by: 'sessions' },
  { path: '.zshenv', reader: readVariables, by: 'sessions' },
  { path: '.zprofile', reader: readVariables, by: 'sessions' },
  { path: '.zshrc', reader: readVariables, by: 'sessions' },
  { path: '.config/environment.d', ending: '.conf', reader: readVariables, by: 'sessions' },
  { path: '.config/systemd/user.conf', reader: readVariables, by: 'sessions' },
  { path: '.pam_environment', reader: readVariables, by: 'sessions' },
  { path: '.config/kioslaverc', reader: readKde, by: 'browsers' },
  { path: '.docker/config.json', reader: readClient, by: 'containers' },
  { path: '.wgetrc', reader: wget, by: 'wget' },
  { path: '.curlrc', reader: curl, by: 'curl' },
  { path: '.config/curlrc', reader: curl, by: 'curl' },
  { path: '.gitconfig', reader: git, by: 'git' },
  { path: '.config/git/config', reader: git, by: 'git' },
  { path: '.npmrc', reader: npm, by: 'npm' },
  { path: '.config/pip/pip.conf', reader: pip, by: 'pip' },
  { path: '.pip/pip.conf', reader: pip, by: 'pip' },
];
