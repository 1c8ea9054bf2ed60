/** Which names may be told to third parties. */
import { familyOf } from './address.js';

/**
 * Names of homes, companies and machines (RFC 6761, 6762, 7686, 8375, 9476; ICANN's `internal`; what routers and
 * directories use without asking). `example` is left out: nothing private hides behind it, and test networks use it.
 */
const PRIVATE = [
  'local',
  'localhost',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'arpa',
  'test',
  'invalid',
  'onion',
  'alt',
  'box',
  'domain',
  'workgroup',
  'consul',
  'svc',
  'docker',
  'i2p',
  'bit',
];

/** Whether somebody outside could know this name: several labels, below no private suffix, no address. */
export function isPublicName(name: string): boolean {
  const plain = name.toLowerCase().replace(/\.$/, '');
  if (familyOf(plain) !== 0 || !plain.includes('.')) return false;
  return !PRIVATE.some((suffix) => plain === suffix || plain.endsWith(`.${suffix}`));
}
