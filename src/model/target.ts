import { hostPort } from './address.js';
import type { InboundQuestion } from './inbound.js';

/** What the user tried to reach, parsed once; secrets are gone by then. */
export interface Target {
  /** What was typed, without user name, password, query string and fragment. */
  readonly input: string;
  /** `https`, `http`, `tcp`, `postgres`, `ssh`, … or `unix`. */
  readonly scheme: string;
  /** Lower case, ASCII (punycode), no trailing dot; an address without brackets; empty for `unix`. */
  readonly host: string;
  /** 0 for `unix`. */
  readonly port: number;
  /** Whether the port was typed or is the scheme's own. */
  readonly portGiven: boolean;
  /** Request path without query, `/` when none; the socket's path for `unix`. */
  readonly path: string;
  /** What is spoken first on the connection. */
  readonly transport: 'tls' | 'plain';
  /** What is spoken then. */
  readonly protocol: 'http' | 'service';
  /** 0 when the host is a name. */
  readonly literal: 0 | 4 | 6;
  /** It is about a named program: what that tried by itself counts too. */
  readonly ofProgram?: true;
  /** Not how to reach something, but how others reach that port of this device. */
  readonly inbound?: InboundQuestion;
}

/** The page that a target is, as a browser's address line has it: always with the port. */
export function pageUrl({ scheme, host, port, path }: Target): string {
  return `${scheme}://${hostPort(host, port)}${path === '' ? '/' : path}`;
}
