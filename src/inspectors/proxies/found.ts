import type { ProxyDetection } from '../../model/proxy-facts.js';

/** A proxy as it is written somewhere, before anybody has looked whether it can be one. Never a fact: it may hold a password. */
export interface Written {
  readonly name: string;
  /** `/etc/environment:3` */
  readonly location: string;
  readonly text: string;
}

/** What a file says, line by line; the last word on a name counts, as it does for programs. */
export interface Reading {
  readonly written: readonly Written[];
  /** A script that chooses (PAC), by its address. */
  readonly scripts?: readonly { readonly url: string; readonly location: string }[];
  /** Hosts that are reached without a proxy; `*` where none is to be used at all. */
  readonly exempts?: readonly Written[];
  /** A script is looked for (WPAD). */
  readonly detect?: ProxyDetection;
  /** Hosts that are reached without, as a no_proxy list, and which setting says so. */
  readonly without?: { readonly name: string; readonly location: string; readonly list: string };
}

export type Reader = (text: string, path: string) => Reading;

const mostLines = 5000;

export function linesOf(text: string): string[] {
  return text.split('\n', mostLines).map((line) => line.replace(/\r$/, ''));
}

/** Without the quotation marks around it. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const [, double, single] = /^(?:"([^"]*)"|'([^']*)')/.exec(trimmed) ?? [];
  return double ?? single ?? trimmed;
}
