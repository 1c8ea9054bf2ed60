import type { Hostile } from './facts.js';

/**
 * A whole file of our own in a folder that a program reads. Its name bears the change's id; its content is made of parts
 * that are checked, and is taken away with it.
 */
export interface OwnFile {
  readonly kind: 'own-file';
  readonly what: OwnContent;
}

export type OwnContent = OpensnitchAllow | BrowserAllow | UnitAllow | UnitFiles;

/** A rule of OpenSnitch's that allows, and after which none is asked. */
export interface OpensnitchAllow {
  readonly is: 'opensnitch-allow';
  readonly addresses: readonly string[];
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Only that program, by its file. */
  readonly program?: Hostile;
  readonly uid?: number;
}

/** Where administrators put policies for browsers of Chromium's kind, by short names. */
export const policyFolders = {
  chromium: '/etc/chromium/policies',
  'chromium-browser': '/etc/chromium-browser/policies',
  chrome: '/etc/opt/chrome/policies',
  edge: '/etc/opt/edge/policies',
  brave: '/etc/brave/policies',
} as const;

/** A policy (URLAllowlist): of several files the last one's list counts alone, so it holds the entries of the one before. */
export interface BrowserAllow {
  readonly is: 'browser-allow';
  readonly browser: keyof typeof policyFolders;
  readonly entries: readonly Hostile[];
}

/** Addresses that the programs of a unit of systemd's may reach, whatever IPAddressDeny= says (IPAddressAllow=). */
export interface UnitAllow {
  readonly is: 'unit-allow';
  /** `shop.service`, `user-1000.slice` */
  readonly unit: string;
  readonly addresses: readonly string[];
}

/** How many files a service may have open from its next start on (LimitNOFILE=). */
export interface UnitFiles {
  readonly is: 'unit-files';
  readonly unit: string;
  readonly files: number;
}
