/** Names as DNSSEC orders and hashes them (RFC 4034 6.1, RFC 5155 5). */
import { createHash } from 'node:crypto';
import { canonicalName } from '../names.js';
import { canonicalWire } from './canonical.js';

/** From the leftmost on, in one spelling; none for the root. A label that holds a dot keeps it escaped. */
export function labelsOf(name: string): string[] {
  const whole = canonicalName(name);
  return whole === '.' ? [] : (whole.match(/(?:\\[0-9]{3}|\\.|[^.\\])+/g) ?? []);
}

/** Negative, 0 or positive: label by label from the right, each as bytes. */
export function compareNames(one: string, other: string): number {
  const [a, b] = [labelsOf(one).toReversed(), labelsOf(other).toReversed()];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = Buffer.compare(bytesOfLabel(a[at] ?? ''), bytesOfLabel(b[at] ?? ''));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function bytesOfLabel(label: string): Buffer {
  const wire = canonicalWire(label);
  return wire ? wire.subarray(1, -1) : Buffer.alloc(0);
}

/** The longest name that both are below, or are. */
export function commonAncestor(one: string, other: string): string {
  const [a, b] = [labelsOf(one).toReversed(), labelsOf(other).toReversed()];
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  return same === 0 ? '.' : a.slice(0, same).toReversed().join('.');
}

/** The names above one, the nearest first, the zone itself last. */
export function ancestors(name: string, zone: string): string[] {
  const labels = labelsOf(name);
  const least = labelsOf(zone).length;
  return labels
    .map((_, at) => labels.slice(at + 1))
    .filter((rest) => rest.length >= least)
    .map((rest) => (rest.length === 0 ? '.' : rest.join('.')));
}

/** SHA-1 again and again, in hexadecimal. */
export function hashedName(name: string, salt: string, iterations: number): string | null {
  const wire = canonicalWire(name);
  if (!wire) return null;
  const added = Buffer.from(salt, 'hex');
  let hash = createHash('sha1').update(wire).update(added).digest();
  for (let round = 0; round < iterations; round++) hash = createHash('sha1').update(hash).update(added).digest();
  return hash.toString('hex');
}
