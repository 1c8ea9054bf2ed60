import type { Part } from '../../ruleset.js';
import { type JsonObject, stringOf } from './json.js';

/** Targets of iptables that leave the packet and its way as they are. */
const harmless = new Set([
  'LOG',
  'NFLOG',
  'TRACE',
  'AUDIT',
  'CHECKSUM',
  'TCPMSS',
  'TCPOPTSTRIP',
  'LED',
  'IDLETIMER',
  'RATEEST',
  'ULOG',
  'SECMARK',
  'CONNSECMARK',
  'TEE',
]);

/**
 * A match or target of iptables that nft shows by its name alone, or (`{"xt": null}`) not at all. iptables-nft writes
 * the counter between matches and target, so what comes after it is the target. The whole rule stands in
 * iptables-save; see join.ts.
 */
export function parseXt(inner: JsonObject, counted: boolean, text: string): Part {
  const name = stringOf(inner.name) ?? '';
  const isMatch = inner.type === 'match' || (inner.type === undefined && !counted);
  if (isMatch) {
    if (name === 'comment') return { kind: 'note', what: 'comment' };
    return { kind: 'opaque', text, why: `nft does not show what the iptables match ${name || '(unnamed)'} asks` };
  }
  if (harmless.has(name)) return { kind: 'note', what: name };
  return { kind: 'effect', text, why: `nft does not show what the iptables target ${name || '(unnamed)'} does` };
}
