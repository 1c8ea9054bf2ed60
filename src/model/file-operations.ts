import { bootRuleFiles } from './boot-rule-files.js';
import type { Hostile } from './facts.js';
import type { PacketMatch } from './operation.js';
import type { ProxyScheme } from './proxy-facts.js';

/** Files below /etc that may be edited, by their names there. */
export const editableFiles = [
  'hosts',
  'resolv.conf',
  'gai.conf',
  ...bootRuleFiles.map(({ file }) => file),
  'ufw/before.rules',
  'ufw/before6.rules',
  'environment',
  'profile',
  'bash.bashrc',
  'bashrc',
  'zsh/zshenv',
  'zsh/zprofile',
  'sysconfig/proxy',
  'wgetrc',
  'gitconfig',
  'npmrc',
  'pip.conf',
  'yum.conf',
  'dnf/dnf.conf',
  'apt/apt.conf',
  'squid/squid.conf',
] as const;

/** Folders below /etc of which every file with that ending may be edited. */
export const editableFolders = {
  'profile.d': '.sh',
  'environment.d': '.conf',
  'apt/apt.conf.d': '',
} as const;

/** Files of a user's own, by their names below the home directory: edited by that user alone, never by root. */
export const ownFiles = [
  '.profile',
  '.bash_profile',
  '.bashrc',
  '.zshenv',
  '.zprofile',
  '.zshrc',
  '.wgetrc',
  '.curlrc',
  '.gitconfig',
  '.npmrc',
  '.config/pip/pip.conf',
] as const;

const ownFolder = '.config/environment.d/';

export type EditableFile = (typeof editableFiles)[number] | `${keyof typeof editableFolders}/${string}` | `~/${string}`;

/** `~/.npmrc` of a name below the home directory; null of any other than the listed. */
export function ownFile(name: string): `~/${string}` | null {
  const isInFolder = name.startsWith(ownFolder) && /^\w[\w.+-]{0,99}\.conf$/.test(name.slice(ownFolder.length));
  return isInFolder || ownFiles.some((one) => one === name) ? `~/${name}` : null;
}

/** As a person would write it. */
export function fileText(file: EditableFile): string {
  return file.startsWith('~/') ? file : `/etc/${file}`;
}

/** The name below /etc of a file that may be edited; null of any other. */
export function editableFile(path: string): EditableFile | null {
  const name = path.startsWith('/etc/') ? path.slice('/etc/'.length) : '';
  const fixed = editableFiles.find((one) => one === name);
  if (fixed !== undefined) return fixed;
  const at = name.lastIndexOf('/');
  const folder = (Object.keys(editableFolders) as (keyof typeof editableFolders)[]).find(
    (one) => one === name.slice(0, at),
  );
  const last = name.slice(at + 1);
  const isPlain = /^\w[\w.+-]{0,99}$/.test(last);
  return folder !== undefined && isPlain && last.endsWith(editableFolders[folder]) ? `${folder}/${last}` : null;
}

/** Lines of a file that is read at boot or by programs. The rest of the file stays as it is, byte for byte. */
export interface FileLines {
  readonly kind: 'file-lines';
  readonly file: EditableFile;
  readonly edits: readonly LineEdit[];
}

export type LineEdit =
  /** Switches a line off; `was` is its text, without the line break. */
  | { readonly do: 'comment-out'; readonly line: number; readonly was: Hostile }
  /** Adds nft's words for an exception below a line. */
  | { readonly do: 'add-allow'; readonly below: number; readonly was: Hostile; readonly match: PacketMatch }
  /** Adds a line below another one; below 0 it is the first, and `was` is empty. */
  | { readonly do: 'add'; readonly below: number; readonly was: Hostile; readonly what: AddedLine }
  /** Switches a line off, and says it below in other words. */
  | { readonly do: 'change'; readonly line: number; readonly was: Hostile; readonly how: LineChange };

/** What may be added: each of it is made of parts that are checked. */
export type AddedLine =
  /** As iptables-save writes it. */
  | { readonly is: 'iptables-allow'; readonly chain: string; readonly match: PacketMatch }
  /** A host that programs reach without the proxy; `shell` for what a shell reads. */
  | { readonly is: 'no-proxy'; readonly style: 'plain' | 'shell'; readonly host: string }
  | { readonly is: 'nameserver'; readonly address: string }
  /** IPv4 before IPv6, as glibc's own file suggests it. */
  | { readonly is: 'ipv4-first' }
  /** Of Squid, a word for one page, or for one host's encrypted connections; by the change's id. */
  | { readonly is: 'squid-page'; readonly host: string; readonly port: number; readonly path: string }
  | { readonly is: 'squid-host'; readonly host: string }
  /** What that word stands for is not shown to this service that scans; is passed on as it is. */
  | { readonly is: 'squid-unscanned'; readonly service: string }
  | { readonly is: 'squid-splice' };

export type LineChange =
  | {
      readonly is: 'proxy';
      readonly from: { readonly host: string; readonly port: number | null };
      readonly to: { readonly scheme: ProxyScheme; readonly host: string; readonly port: number };
    }
  /** One host more in the list of those that are reached without the proxy. */
  | { readonly is: 'no-proxy'; readonly host: string };
