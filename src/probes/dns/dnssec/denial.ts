/** Proofs that there is no such name, no such type, or no signed zone (RFC 4035 5.4, RFC 5155 8). Pure: of records that are checked. */
import type { ResourceRecord } from '../message.js';
import { isWithin } from '../names.js';
import type { NextHash, NextName } from '../record-data.js';
import { TYPE } from '../registry.js';
import { ancestors, compareNames, commonAncestor, hashedName, labelsOf } from './name-order.js';

/**
 * `unsigned`: a zone begins there and is not signed, or nobody says whether (opt-out). `no-name`, `no-type`: there is none.
 * `too-many-rounds`: hashes that cost more than anybody should pay (RFC 9276 3.2): resolvers take that for not signed, or
 * refuse it. Null: these records prove none of it.
 */
export type Denial = 'unsigned' | 'no-name' | 'no-type' | 'too-many-rounds' | null;

/** What most resolvers still took before RFC 9276, which wants 0. */
const mostRounds = 150;
const optOut = 1;
const sha1 = 1;
const mostRecords = 16;

interface Entry<T> {
  readonly owner: string;
  readonly data: T;
}

/** About a name and a type in a zone, by its NSEC or NSEC3 records. Those of another kind are left out. */
export function denialOf(name: string, type: number, zone: string, records: readonly ResourceRecord[]): Denial {
  const inside = records.filter((one) => isWithin(one.name, zone)).slice(0, mostRecords);
  const names = nextNamesOf(inside);
  const byName = names.length > 0 ? byNames(name, type, zone, names) : null;
  if (byName !== null) return byName;
  const hashes = nextHashesOf(inside);
  if (hashes.some(({ data }) => data.iterations > mostRounds)) return 'too-many-rounds';
  return hashes.length > 0 ? byHashes(name, type, zone, hashes) : null;
}

function nextNamesOf(records: readonly ResourceRecord[]): Entry<NextName>[] {
  return records.flatMap(({ name: owner, data }) => (data.kind === 'NSEC' ? [{ owner, data }] : []));
}

function nextHashesOf(records: readonly ResourceRecord[]): Entry<NextHash>[] {
  return records.flatMap(({ name: owner, data }) =>
    data.kind === 'NSEC3' && data.hashAlgorithm === sha1 && data.flags <= optOut ? [{ owner, data }] : [],
  );
}

/**
 * An answer that was made from a wildcard holds only where nothing nearer to the name is there: else it is a genuine record in
 * the place of another (RFC 4035 5.3.4, RFC 5155 8.8). `labels`: as many as the wildcard's parent has, by the signature.
 */
export function provesWildcard(
  name: string,
  labels: number,
  zone: string,
  records: readonly ResourceRecord[],
): 'proven' | 'too-many-rounds' | null {
  const inside = records.filter((one) => isWithin(one.name, zone)).slice(0, mostRecords);
  const around = coveringName(name, zone, nextNamesOf(inside));
  if (around && !isWithin(around.data.next, name) && labelsOf(nearestAbove(name, around)).length === labels)
    return 'proven';
  const hashes = nextHashesOf(inside);
  if (hashes.some(({ data }) => data.iterations > mostRounds)) return 'too-many-rounds';
  const nextCloser = labelsOf(name)
    .slice(-labels - 1)
    .join('.');
  return hashes.some((one) => coversHashOf(one, nextCloser, zone)) ? 'proven' : null;
}

/** What the record of the very name says of it. */
function atName(types: string, type: number, isApexOfZone: boolean): Denial {
  const has = (one: number): boolean => hasType(types, one);
  // Of a zone that begins there the parent speaks only of DS, and the zone itself of all else (RFC 6840 4.4).
  const parents = has(TYPE.NS) && !has(TYPE.SOA);
  if (type === TYPE.DS ? has(TYPE.SOA) && !isApexOfZone : parents) return null;
  if (has(type) || has(TYPE.CNAME)) return null;
  return type === TYPE.DS && parents ? 'unsigned' : 'no-type';
}

/** A record above a zone that begins at its owner, or of an alias for all below, says nothing of what is below (RFC 6840 4.1). */
function speaksForBelow(owner: string, types: string, name: string): boolean {
  if (!isWithin(name, owner)) return true;
  return !(hasType(types, TYPE.NS) && !hasType(types, TYPE.SOA)) && !hasType(types, TYPE.DNAME);
}

function byNames(name: string, type: number, zone: string, entries: readonly Entry<NextName>[]): Denial {
  const own = entries.find(({ owner }) => compareNames(owner, name) === 0);
  if (own) return atName(own.data.types, type, compareNames(own.owner, zone) === 0);
  const covering = (one: string): Entry<NextName> | undefined => coveringName(one, zone, entries);
  const around = covering(name);
  if (!around) return null;
  // A name without records of its own stands where there are names below it.
  if (isWithin(around.data.next, name)) return 'no-type';
  const encloser = nearestAbove(name, around);
  const wildcard = encloser === '.' ? '*' : `*.${encloser}`;
  const atWildcard = entries.find(({ owner }) => compareNames(owner, wildcard) === 0);
  if (atWildcard) return atName(atWildcard.data.types, type, false);
  return covering(wildcard) ? 'no-name' : null;
}

function coveringName(name: string, zone: string, entries: readonly Entry<NextName>[]): Entry<NextName> | undefined {
  return entries.find(
    ({ owner, data }) => covers(owner, data.next, name, zone) && speaksForBelow(owner, data.types, name),
  );
}

/** The nearest name above one that there is, by the record whose gap it lies in. */
function nearestAbove(name: string, around: Entry<NextName>): string {
  const [one, other] = [commonAncestor(name, around.owner), commonAncestor(name, around.data.next)];
  return labelsOf(one).length > labelsOf(other).length ? one : other;
}

function covers(owner: string, next: string, name: string, zone: string): boolean {
  if (!isWithin(next, zone) || compareNames(owner, name) >= 0) return false;
  // The last one leads back to the first (RFC 4034 4.1.1).
  return compareNames(name, next) < 0 || compareNames(next, owner) <= 0;
}

function byHashes(name: string, type: number, zone: string, entries: readonly Entry<NextHash>[]): Denial {
  const [first] = entries;
  if (!first) return null;
  const { salt, iterations } = first.data;
  // All of one chain: with the same salt and rounds (RFC 5155 8.2).
  const chain = entries.filter(({ data }) => data.salt === salt && data.iterations === iterations);
  const matching = (one: string): Entry<NextHash> | undefined => {
    const hash = hashedName(one, salt, iterations);
    return chain.find(({ owner }) => hash !== null && hashIn(owner, zone) === hash);
  };
  const covering = (one: string): Entry<NextHash> | undefined => chain.find((entry) => coversHashOf(entry, one, zone));
  const own = matching(name);
  if (own) return atName(own.data.types, type, compareNames(name, zone) === 0);
  // The nearest name above it that there is, and that the one below that there is not (RFC 5155 8.3).
  const above = ancestors(name, zone);
  const at = above.findIndex((one) => matching(one) !== undefined);
  const encloser = above[at];
  const found = encloser === undefined ? undefined : matching(encloser);
  if (encloser === undefined || !found || !speaksForBelow(encloser, found.data.types, name)) return null;
  const nextCloser = covering(above[at - 1] ?? name);
  if (!nextCloser) return null;
  if ((nextCloser.data.flags & optOut) !== 0) return 'unsigned';
  const wildcard = encloser === '.' ? '*' : `*.${encloser}`;
  const atWildcard = matching(wildcard);
  if (atWildcard) return atName(atWildcard.data.types, type, false);
  return covering(wildcard) ? 'no-name' : null;
}

/** The first label of the owner is the hash, right above the zone; in hexadecimal. */
function hashIn(owner: string, zone: string): string | null {
  const labels = labelsOf(owner);
  return labels.length === labelsOf(zone).length + 1 ? base32(labels[0] ?? '') : null;
}

/** Base 32 with the extended alphabet (RFC 4648 7), as hexadecimal. */
function base32(text: string): string | null {
  if (!/^[0-9a-v]{32}$/i.test(text)) return null;
  const bits = Array.from(text, (digit) => Number.parseInt(digit, 32).toString(2).padStart(5, '0')).join('');
  return (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('');
}

function coversHashOf({ owner, data }: Entry<NextHash>, name: string, zone: string): boolean {
  const hash = hashedName(name, data.salt, data.iterations);
  return hash !== null && coversHash(hashIn(owner, zone), data.nextHash, hash);
}

function coversHash(owner: string | null, next: string, hash: string): boolean {
  if (owner === null || next.length !== hash.length) return false;
  return owner < next ? owner < hash && hash < next : hash > owner || hash < next;
}

/** Windows of 256 types each, one bit a type (RFC 4034 4.1.2). */
export function hasType(types: string, type: number): boolean {
  const bytes = Buffer.from(types, 'hex');
  const [window, bit] = [type >> 8, type & 0xff];
  for (let at = 0; at + 2 <= bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
    if (bytes[at] !== window) continue;
    const place = bit >> 3;
    return place < (bytes[at + 1] ?? 0) && ((bytes[at + 2 + place] ?? 0) & (0x80 >> (bit & 7))) !== 0;
  }
  return false;
}
