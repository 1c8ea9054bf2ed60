// What is asked of engines of others: a browser, a script for proxies, rules of YARA.
import type { ProfileSetting } from './browser-facts.js';

/** What the copy of a profile lacks: one extension by its id, or one setting. */
export type LeftOut = { readonly extension: string } | { readonly setting: ProfileSetting };

export interface BrowseRequest {
  /** A browser of Chromium's kind. */
  readonly program: string;
  readonly url: string;
  /** A profile that is copied first, or null for a new one. It is never opened itself. */
  readonly profile: { readonly directory: string; readonly name: string; readonly without?: LeftOut } | null;
  readonly timeoutMs: number;
}

export interface PacQuestion {
  readonly script: string;
  readonly url: string;
  readonly host: string;
  readonly timeoutMs: number;
}

/** `text` is what the script returned: `PROXY a:8080; DIRECT`. */
export type PacAnswer =
  | { readonly state: 'answered'; readonly text: string }
  | { readonly state: 'failed' | 'timed-out' | 'unavailable'; readonly raw: string };

export interface RulesQuestion {
  /** Texts of rules, each by a name of its own. */
  readonly sources: readonly { readonly name: string; readonly text: string }[];
  readonly bytes: Uint8Array;
  /** Where the file was: rules may ask for it as `filename`, `filepath` and `extension`. */
  readonly path: string;
  readonly timeoutMs: number;
}

export type RulesAnswer =
  | {
      readonly state: 'answered';
      readonly matches: readonly { readonly rule: string; readonly source: string }[];
      /** Sources that cannot be used, and why. */
      readonly unusable: readonly { readonly source: string; readonly why: string }[];
    }
  | { readonly state: 'failed' | 'timed-out' | 'unavailable'; readonly raw: string };
