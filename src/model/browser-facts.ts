import type { Hostile } from './facts.js';
import type { Failure } from './failure.js';

/** Rights by which an extension can stop or redirect a page. */
export type BlockingRight = 'declarativeNetRequest' | 'webRequest' | 'proxy';

export interface BrowserExtension {
  readonly id: string;
  readonly name: Hostile;
  readonly version: Hostile;
  readonly rights: readonly BlockingRight[];
  /** Rules of its own files that block the target's page, as far as they can be read (no regular expressions, no rules set later). */
  readonly rules: readonly { readonly location: string; readonly id: number; readonly filter: Hostile }[];
}

export interface BrowserProfile {
  readonly product: string;
  /** The program that opens it, when one is installed. */
  readonly program: string | null;
  /** The browser's own directory, and the profile's in it. */
  readonly directory: string;
  readonly name: string;
  /** A browser has it open. */
  readonly inUse: boolean;
  /** Those that are on and can block. */
  readonly extensions: readonly BrowserExtension[];
  /** The browser has learned that this host wants HTTPS (HSTS, RFC 6797). */
  readonly forcesHttps: { readonly host: string; readonly location: string } | null;
  /** A proxy that the profile itself sets, or one of its extensions. */
  readonly proxy: { readonly text: Hostile; readonly location: string; readonly extension: string | null } | null;
  /** It asks for names by HTTPS alone (`secure`), or first (`automatic`): the setting, and where it stands. */
  readonly secureNames: { readonly text: Hostile; readonly only: boolean; readonly location: string } | null;
  /** Files of it that could not be read as what they should be. */
  readonly unreadable: readonly string[];
}

/** An enterprise policy that says something about the target. */
export interface BrowserPolicy {
  readonly product: string;
  /** `URLBlocklist`, `ProxyMode`, `WebsiteFilter` */
  readonly name: string;
  readonly entry: Hostile;
  readonly location: string;
  readonly effect: 'blocks' | 'allows' | 'proxy' | 'dns';
  /** It is about the page by HTTPS, which the browser asks for before the one without encryption. */
  readonly byHttps?: true;
}

export interface BrowsersFact {
  readonly profiles: readonly BrowserProfile[];
  readonly policies: readonly BrowserPolicy[];
}

/** A setting of a profile that a trial can leave out: its proxy, and how it asks for names. */
export type ProfileSetting = 'proxy' | 'secureNames';

export type BrowserOutcome =
  | { readonly state: 'loaded'; readonly status: number | null; readonly url: Hostile }
  /** `net::ERR_BLOCKED_BY_CLIENT` */
  | { readonly state: 'failed'; readonly error: Hostile; readonly url: Hostile }
  | { readonly state: 'not-run'; readonly why: string };

export interface BrowserRun {
  /** `own`: a copy of the user's profile; `clean`: a new one; `without`: the copy without one extension or one setting. */
  readonly profile: 'own' | 'clean' | 'without';
  readonly extension?: string;
  readonly setting?: ProfileSetting;
  readonly outcome: BrowserOutcome;
  readonly failure?: Failure<'browser'>;
  readonly ms: number;
}

/** The target in a real browser: only the profile changes from run to run. */
export interface BrowserTrials {
  readonly product: string;
  readonly program: string;
  readonly directory: string | null;
  readonly runs: readonly BrowserRun[];
}
