/** Records of one name as they come for a chain of signatures, and what is concluded from them. */
import type { ChainLink } from '../../../model/name-facts.js';
import { type Checked, checkRecords } from '../../dns/dnssec/check-records.js';
import { checkDenial, checkWildcard } from '../../dns/dnssec/check-denial.js';
import { isDigestOf, keyTagOf } from '../../dns/dnssec/keys.js';
import { labelsOf } from '../../dns/dnssec/name-order.js';
import type { Message, ResourceRecord } from '../../dns/message.js';
import { sameName } from '../../dns/names.js';
import type { KeyDigest, Signature, ZoneKey } from '../../dns/record-data.js';
import { TYPE } from '../../dns/registry.js';

export interface Records {
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly Signature[];
  /** What came beside a "no". */
  readonly authorities: readonly ResourceRecord[];
}

export type Ask = (owner: string, type: number) => Promise<Records | null>;

export interface SignedZone {
  readonly zone: string;
  readonly keys: readonly ZoneKey[];
}

interface Rest {
  readonly name: string;
  readonly type: number;
  /** Names between the lowest signed zone and the name, and itself, from the top down; what is said of their keys. */
  readonly below: readonly { readonly name: string; readonly delegation: Records | null }[];
  readonly above: SignedZone;
  readonly nowS: number;
  readonly ask: Ask;
}

/** From the lowest signed zone on: the answer's own signature, its denial, or the proof that nothing needs to be signed. */
export async function lastLinks(answer: Records, rest: Rest): Promise<ChainLink[]> {
  const { name, type, above, nowS } = rest;
  const { zone, keys } = above;
  if (answer.records.length > 0) {
    const last = checkRecords(answer.records, answer.signatures, zone, keys, nowS);
    if (last.flaw === undefined && last.labels !== undefined && last.labels < labelsOf(name).length) {
      const flaw = checkWildcard(answer.authorities, name, last.labels, zone, keys, nowS);
      return [linkOf(zone, 'answer', { ...last, ...(flaw !== undefined && { flaw }) })];
    }
    if (last.flaw !== 'signature-missing') return [linkOf(zone, 'answer', last)];
    return (await delegationBelow(rest)) ?? [linkOf(zone, 'answer', last)];
  }
  const { denial, flaw } = checkDenial(answer.authorities, name, type, zone, keys, nowS);
  if (denial === 'no-name' || denial === 'no-type')
    return [{ zone, of: 'answer', denies: denial === 'no-name' ? 'name' : 'type' }];
  // A hash that opts out leaves it open, and so does a zone of its own below.
  return (await delegationBelow(rest)) ?? [linkOf(zone, 'answer', { flaw: flaw ?? 'not-checked' })];
}

/** The first name below at which a zone begins that is not signed, with the proof of it or what is wrong with that. Null: none. */
async function delegationBelow({ below, above, nowS, ask }: Rest): Promise<ChainLink[] | null> {
  const { zone, keys } = above;
  for (const { name, delegation } of below) {
    if (!delegation) continue;
    const { denial, flaw } = checkDenial(delegation.authorities, name, TYPE.DS, zone, keys, nowS);
    if (denial === 'unsigned') return [{ zone: name, of: 'delegation', unsigned: true }];
    if (denial === 'no-type' || denial === 'no-name') continue;
    const begins = (await ask(name, TYPE.NS))?.records.some((one) => one.type === TYPE.NS) ?? false;
    if (begins) return [linkOf(name, 'delegation', { flaw: flaw ?? 'not-checked' })];
  }
  return null;
}

/**
 * The keys that a zone publishes must be signed by one that its parent names (RFC 4035 5.2), those of the root by one of the
 * anchors. Null: nobody names any, as for a root that is another one than IANA's; then by any of them.
 */
export function keysOf(
  zone: string,
  own: Records | null,
  digests: readonly KeyDigest[] | null,
  check: (found: Records, zone: string, keys: readonly ZoneKey[]) => Checked,
): Checked {
  if (!own || own.records.length === 0) return { flaw: 'keys-missing' };
  if (digests === null) return check(own, zone, keysIn(own));
  const matches = keysIn(own).map((key) => ({ key, fits: digests.map((one) => isDigestOf(one, zone, key)) }));
  const named = matches.filter(({ fits }) => fits.includes(true)).map(({ key }) => key);
  const [digest] = digests;
  if (named.length > 0) return check(own, zone, named);
  return matches.some(({ fits }) => fits.includes(null)) || !digest
    ? { flaw: 'not-checked' }
    : { flaw: 'delegation-mismatch', keyTag: digest.keyTag };
}

export function linkOf(zone: string, of: ChainLink['of'], { flaw, from, until, keyTag }: Checked): ChainLink {
  return {
    zone,
    of,
    ...(flaw !== undefined && { flaw }),
    ...(from !== undefined && { from: dateOf(from) }),
    ...(until !== undefined && { until: dateOf(until) }),
    ...(keyTag !== undefined && { keyTag }),
  };
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Those of the very name: of the type that was asked for, or the alias that stands in its place. */
export function recordsOf({ answers, authorities }: Message, owner: string, type: number): Records {
  const own = answers.filter(({ name }) => sameName(name, owner));
  const ofType = own.filter((one) => one.type === type);
  return {
    records:
      ofType.length > 0
        ? ofType
        : own.filter((one) => one.type === TYPE.CNAME && type !== TYPE.DS && type !== TYPE.DNSKEY),
    signatures: own.flatMap(({ data }) => (data.kind === 'RRSIG' ? [data] : [])),
    authorities,
  };
}

export function keysIn({ records }: Records): ZoneKey[] {
  const keys = records.flatMap(({ data }) => (data.kind === 'DNSKEY' ? [data] : []));
  return keys.toSorted((a, b) => keyTagOf(a) - keyTagOf(b)).slice(0, 16);
}

export function digestsIn({ records }: Records): KeyDigest[] {
  return records.flatMap(({ data }) => (data.kind === 'DS' ? [data] : [])).slice(0, 16);
}
