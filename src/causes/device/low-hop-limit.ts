/** This device gives its packets so small a hop limit (TTL) that they end at a router before they are there. */
import { familyOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';
import { sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { icmpOf, isTooFar } from '../path/icmp-words.js';

/** Hardly any way in the internet has more routers. */
const longestOrdinaryWay = 20;

/** Null where nobody said that a packet passed too many routers, or this device lets its packets pass as many as usual. */
export function lowHopLimit(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { address } = attempt;
  if (address === null) return null;
  const ended = endedAt(attempt, scene);
  if (ended === null) return null;
  const routes = fact(scene.facts, 'device.routes');
  if (!routes)
    return scene.facts['device.routes'] === undefined ? { says: 'unknown', missing: ['device.routes'] } : null;
  const choice = routes.choices.find((one) => one.address === address);
  if (!choice?.hopLimit) return null;
  const { value, by } = choice.hopLimit;
  const isSysctl = by === 'sysctl';
  const what = isSysctl ? `net.ipv4.ip_default_ttl is ${value}` : `the route to it says "hoplimit ${value}"`;
  const culprit: Culprit = isSysctl
    ? { kind: 'setting', name: `net.ipv4.ip_default_ttl = ${value}`, location: '/proc/sys/net/ipv4/ip_default_ttl' }
    : { kind: 'route', name: `hoplimit ${value}`, address };
  const finding = {
    stage: 'route',
    culprit,
    summary: `This computer lets its packets pass only ${value === 1 ? 'one router' : `${value} routers`} at most: ${what}, and the way to ${address} is longer.`,
    advice: isSysctl
      ? 'set it back: sudo sysctl -w net.ipv4.ip_default_ttl=64; and take it out of /etc/sysctl.conf and /etc/sysctl.d, where it may be written for the next start'
      : `see the line with: ip ${familyOf(address) === 6 ? '-6 ' : ''}route get ${address}; set the route anew without "hoplimit"`,
    evidence: [
      { fact: 'connect', says: `${ended} says that the packet passed too many routers` },
      { fact: 'device.routes', says: `${what} (usual is 64)` },
    ],
  } as const;
  const ways = fact(scene.facts, 'path')?.filter((one) => one.address === address) ?? [];
  // Where it ended nearer, somebody on the way takes more off it than his one.
  const at = ways.flatMap(({ hops }) => hops).find((hop) => hop.address === ended)?.ttl;
  if (at !== undefined ? at !== value : value > longestOrdinaryWay) return null;
  const way = ways.find(({ reachedAt }) => reachedAt !== null);
  // Packets of the very same kind, each with a hop limit of its own, get there once it is large enough.
  if (way?.reachedAt && way.reachedAt > value)
    return {
      says: 'proven',
      ...finding,
      evidence: [
        ...finding.evidence,
        {
          fact: 'path',
          says: `with a hop limit of ${way.reachedAt}, set for that packet alone, the same packet gets there`,
        },
      ],
    };
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    ...finding,
    missing: scene.facts.path === undefined && attempt.protocol !== 'dns' ? ['path'] : [],
  };
}

function endedAt(attempt: FailedAttempt, scene: Scene): string | null {
  const said = sendersOf(triesOf(attempt, scene)).hops.find((icmp) => isTooFar(icmp, icmp.from));
  if (said) return said.from;
  const icmp = icmpOf(attempt.outcome);
  return icmp && isTooFar(icmp, icmp.from) ? icmp.from : null;
}
