import { bytesOf, familyOf, inPrefix, scopeOf } from '../../model/address.js';
import { fact, type FactKey, type Facts } from '../../model/facts.js';
import { notYetAsked } from './not-yet-asked.js';

/** An address is looked for on the own link because of the netmask of the interface, and nobody there has it. */
export interface WideNetwork {
  readonly device: string;
  /** `192.168.7.20/8`: as the interface has it. */
  readonly own: string;
  /** The router in that network, which answers. */
  readonly router: string;
  /**
   * The network reaches out of the range of private addresses (RFC 1918, 6598) that this device's own is from: no network
   * is made so, since what lies beyond belongs to others.
   */
  readonly beyondItsRange: boolean;
}

/** What of it nobody has measured yet; empty where the netmask has no part in it. */
export function wideNetworkMissing(address: string | null, facts: Facts): readonly FactKey[] {
  const first = notYetAsked({ facts }, 'device.routes', 'device.interfaces');
  if (first.length > 0 || !heldByNetmask(address, facts)) return first;
  return notYetAsked({ facts }, 'device.neighbours', 'references');
}

/** Null where the netmask has no part in it, or where that was not measured. */
export function wideNetwork(address: string | null, facts: Facts): WideNetwork | null {
  const held = heldByNetmask(address, facts);
  return held && address !== null && isFound(held.router, facts) && isMissed(address, facts) ? held : null;
}

/**
 * As routes and interfaces have it: the route is as wide as the netmask of the interface. IPv4 alone:
 * networks of IPv6 have 64 bits.
 */
function heldByNetmask(address: string | null, facts: Facts): WideNetwork | null {
  if (address === null || familyOf(address) !== 4) return null;
  const routes = fact(facts, 'device.routes');
  const choice = routes?.choices.find((one) => one.address === address);
  if (!routes || !choice || choice.type !== 'unicast' || choice.via !== null || choice.error !== null) return null;
  const link = fact(facts, 'device.interfaces')?.find(({ name }) => name === choice.device);
  const bits = /^\S+\/(\d+) /.exec(choice.line ?? '')?.[1];
  const own = link?.addresses.find((one) => one.address === choice.source && String(one.prefix) === bits);
  if (!link || !own || !isOfInside(own.address)) return null;
  // Whoever is in the usual small network is looked for on the link with any netmask.
  if (own.prefix >= 24 || inPrefix(address, `${own.address}/24`)) return null;
  const network = `${own.address}/${own.prefix}`;
  const router = routes.defaults.find(
    ({ family, via, device }) => family === 4 && device === link.name && via !== null && inPrefix(via, network),
  )?.via;
  if (router === undefined || router === null || router === address) return null;
  return { device: link.name, own: network, router, beyondItsRange: reachesOut(own.address, own.prefix) };
}

function isOfInside(own: string): boolean {
  return ['private', 'shared'].includes(scopeOf(own));
}

function isFound(router: string, facts: Facts): boolean {
  const answers = fact(facts, 'references')?.some((one) => one.kind === 'gateway' && one.address === router && one.ok);
  return answers === true;
}

/** The kernel asked who has it, and got no answer. */
function isMissed(address: string, facts: Facts): boolean {
  const entry = fact(facts, 'device.neighbours')?.find((one) => one.address === address);
  return entry !== undefined && entry.mac === null && ['FAILED', 'INCOMPLETE'].includes(entry.state);
}

function reachesOut(own: string, prefix: number): boolean {
  const scope = scopeOf(own);
  const bytes = bytesOf(own);
  if (!bytes) return false;
  const edge = (host: 0 | 255): string =>
    Array.from(bytes, (byte, i) => {
      const mask = (0xff << (8 - Math.min(8, Math.max(0, prefix - 8 * i)))) & 0xff;
      return (byte & mask) | (host & ~mask & 0xff);
    }).join('.');
  return scopeOf(edge(0)) !== scope || scopeOf(edge(255)) !== scope;
}
