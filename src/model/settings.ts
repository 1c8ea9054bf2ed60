import type { ProgramAsked } from './program.js';

/** Settings with their defaults (contract). */
export interface Settings {
  readonly references: {
    readonly resolvers: readonly string[];
    readonly portalChecks: readonly { readonly url: string; readonly status: number; readonly body: string }[];
    readonly hosts: readonly string[];
    /**
     * Addresses at which surely nobody answers DNS: an answer from there shows that somebody answers for others. Absent:
     * those of `hosts` and `portalChecks`, which are web servers.
     */
    readonly noDns?: readonly string[];
  };
  /** A file that tells whose network an address is in (MaxMind's format, a table of autonomous systems). */
  readonly networks?: string;
  /** Who is asked beside the scanners of this device what a file is (`quarantine scan`). */
  readonly scanners?: {
    /** A file of YARA rules, or a folder of them. */
    readonly yaraRules?: string;
    /** A file that holds nothing but the user's key for VirusTotal. */
    readonly virusTotalKeyFile?: string;
    /** Where VirusTotal's interface is, when not where it usually is. */
    readonly virusTotal?: string;
  };
  /** Keys of the DNS root that are trusted in place of IANA's: in networks with a root of their own. */
  readonly rootAnchors?: readonly RootAnchor[];
}

/** What is known of a key beforehand: its tag, its algorithm, and its digest in hexadecimal (as a DS record, RFC 4034 5.1). */
export interface RootAnchor {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: string;
}

export const defaultSettings: Settings = {
  references: {
    resolvers: ['9.9.9.9', '1.1.1.1'],
    portalChecks: [{ url: 'http://detectportal.firefox.com/success.txt', status: 200, body: 'success' }],
    hosts: ['www.wikipedia.org:443', 'www.cloudflare.com:443'],
  },
};

/** What the user allowed for this one diagnosis. */
export interface Options {
  readonly timeoutMs: number;
  readonly references: boolean;
  readonly trace: boolean;
  readonly thorough: boolean;
  /** The page is opened in a real browser as well. */
  readonly browser: boolean;
  readonly family: 0 | 4 | 6;
  readonly interface: string | null;
  /** A proxy's URL; null: whatever the environment says; false: none at all. */
  readonly proxy: string | null | false;
  readonly settings: Settings;
  /** The program that it is about, where one was named. */
  readonly program?: ProgramAsked | null;
}

export const defaultOptions: Options = {
  timeoutMs: 15_000,
  references: true,
  trace: true,
  thorough: false,
  browser: false,
  family: 0,
  interface: null,
  proxy: null,
  settings: defaultSettings,
};
