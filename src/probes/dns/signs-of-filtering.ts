/**
 * Signs that a reply was made by a policy and not by the zone of the name. Each is data with its strength; what they
 * mean together is a cause's business.
 */
import { type Classification, isReadable, type Readable } from './classify.js';
import type { ExtendedError } from './edns.js';
import { isWithin } from './names.js';
import type { QueryOutcome } from './query-result.js';
import { type SpecialRange, specialRange } from './special-ranges.js';

/**
 * - `stated`: the server itself says so.
 * - `strong`: ordinary zones do not do this.
 * - `weak`: filters do this, and so do ordinary zones, forwarders or split-horizon set-ups.
 */
type Strength = 'stated' | 'strong' | 'weak';

export type FilteringSign = { strength: Strength } & (
  | { sign: 'extended-error'; code: number; name: string; text: string; about: 'name' | 'client' }
  | { sign: 'policy-zone'; zone: string }
  | { sign: 'special-address'; address: string; range: SpecialRange }
  | { sign: 'negative-from-other-zone'; zone: string }
  | { sign: 'negative-without-zone' }
  | { sign: 'authoritative-recursor' }
  | { sign: 'answered-without-recursion' }
  | { sign: 'refused' }
);

/** RFC 8914 4.5 and 4.16 to 4.19: forged, blocked, censored and filtered are about the name, prohibited about who asks. */
const POLICY_ERRORS = new Map<number, 'name' | 'client'>([
  [4, 'name'],
  [15, 'name'],
  [16, 'name'],
  [17, 'name'],
  [18, 'client'],
]);

/** `publicName`: the name is one of the public tree, not of a private zone, where private addresses are in order. */
export function signsOfFiltering(
  reply: Classification | QueryOutcome,
  context: { publicName: boolean },
): FilteringSign[] {
  if (!isReadable(reply)) return [];
  return [
    ...reply.ede.flatMap(fromExtendedError),
    ...fromPolicyZone(reply),
    ...(context.publicName ? [...fromAddresses(reply), ...fromNegative(reply), ...fromFlags(reply)] : []),
  ];
}

function fromExtendedError(error: ExtendedError): FilteringSign[] {
  const about = POLICY_ERRORS.get(error.code);
  return about ? [{ sign: 'extended-error', strength: 'stated', ...error, about }] : [];
}

/**
 * Resolvers with response policy zones add the zone's SOA to the additional section (BIND by default, PowerDNS when
 * told to); DNS itself puts none there.
 */
function fromPolicyZone(reply: Readable): FilteringSign[] {
  const zone = reply.additionalSoa;
  return zone === null || isWithin(reply.end, zone) ? [] : [{ sign: 'policy-zone', strength: 'stated', zone }];
}

function fromAddresses(reply: Readable): FilteringSign[] {
  if (reply.kind !== 'answer') return [];
  return reply.addresses.flatMap((address): FilteringSign[] => {
    const range = specialRange(address);
    return range === null ? [] : [{ sign: 'special-address', strength: strengthOf(range), address, range }];
  });
}

/** Public names with a private address exist (intranets, appliances); with an address that cannot be reached hardly. */
function strengthOf(range: SpecialRange): Strength {
  return range === 'unspecified' || range === 'this-network' || range === 'loopback' || range === 'discard-only'
    ? 'strong'
    : 'weak';
}

function fromNegative(reply: Readable): FilteringSign[] {
  if (reply.kind === 'refused') return [{ sign: 'refused', strength: 'weak' }];
  if (reply.kind !== 'nxdomain' && reply.kind !== 'nodata') return [];
  // RFC 2308 section 3 asks for the SOA; Quad9 documents its absence as the mark of a block, plain forwarders lose it.
  if (!reply.soa) return [{ sign: 'negative-without-zone', strength: 'weak' }];
  return reply.soa.encloses ? [] : [{ sign: 'negative-from-other-zone', strength: 'strong', zone: reply.soa.zone }];
}

/**
 * A resolver has authority only for what its own settings say (dnsmasq `address=`, local zones), though some forwarders
 * pass AA on. One that was asked to recurse, and says without recursion that a name is absent, made that up unless it
 * is the zone's own server, which would show the zone (Quad9 and Unbound's `rpz-signal-nxdomain-ra` clear RA in blocks;
 * so do a few broken forwarders).
 */
function fromFlags(reply: Readable): FilteringSign[] {
  const { aa, ra, rd } = reply.flags;
  const negative = reply.kind === 'nxdomain' || reply.kind === 'nodata';
  if (!negative && reply.kind !== 'answer') return [];
  if (aa && ra) return [{ sign: 'authoritative-recursor', strength: 'weak' }];
  return negative && rd && !ra && !(aa && reply.soa) ? [{ sign: 'answered-without-recursion', strength: 'weak' }] : [];
}
