import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { KnockOutcome } from '../../model/links.js';
import type { LinkOwner, LinkOwners } from '../../model/way-facts.js';
import {
  answerVanishedHere,
  isOwnAddress,
  neverLeft,
  refusedByReset,
  resetOf,
  routeOf,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { claimants, ownersFor } from '../evidence/link-evidence.js';
import { answeringReferences } from '../evidence/reference-evidence.js';

/** Two devices of this network say that they have the same address, and packets reach the wrong one. */
export const cause: Cause = {
  id: 'address-conflict',
  side: 'local-network',
  stage: 'route',
  title: 'Two devices use the same address',
  symptoms: symptoms('connect', 'refused', 'timed-out', 'reset', 'host-unreachable', 'network-unreachable'),
  needs: ['link.owners', 'device.routes', 'device.interfaces'],
  yieldsTo: ['local-firewall', 'network-down'],
  judge(attempt, scene): Finding {
    const innocent = otherReason(attempt, scene);
    if (innocent) return innocent;
    const route = routeOf(attempt, scene);
    if (!route) return { says: 'unknown', missing: ['device.routes', 'device.interfaces'] };
    if (fact(scene.facts, 'link.owners') === undefined) {
      const asked = scene.facts['link.owners'] !== undefined;
      return asked
        ? { says: 'unknown', missing: [], because: 'only root can ask the link who has an address' }
        : { says: 'unknown', missing: ['link.owners'] };
    }
    const all = ownersFor(attempt, scene);
    const rivals = new Map(all.map((one) => [one.role, { one, rivals: claimants(one) }]));
    const own = rivals.get('own');
    const next = rivals.get('gateway') ?? rivals.get('target');
    const beyond = next && next.rivals.length > 0 ? ofNextHop(next.one, next.rivals, attempt) : null;
    // With its own address in doubt no answer is sure to come: that nobody answered tells nothing of the others then.
    if (own && own.rivals.length > 0 && beyond?.says !== 'proven') return ofOwnAddress(own.one, attempt, scene);
    if (beyond) return beyond;
    if (all.length < 2)
      return { says: 'unknown', missing: [], because: 'the link could not be asked about all of them' };
    if (all.some(({ owners }) => owners.filter(({ own }) => own).length > 1))
      return { says: 'unknown', missing: [], because: 'several routers share that address on purpose' };
    return {
      says: 'ruledOut',
      because: 'no two devices on this link answer for the same address',
      facts: ['link.owners'],
    };
  },
};

/** What shows, without a packet more, that it is no conflict. */
function otherReason(attempt: FailedAttempt, scene: Scene): Finding | null {
  const tries = triesOf(attempt, scene);
  if (isOwnAddress(attempt.address, scene))
    return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
  if (neverLeft(tries)) return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
  if (traceOf(attempt, scene)?.stoppedBy)
    return { says: 'ruledOut', because: 'a rule of this computer stopped it', facts: ['kernel.trace'] };
  if (answerVanishedHere(attempt, scene))
    return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
  const route = routeOf(attempt, scene);
  if (!route?.via) return null;
  // Behind the next hop somebody answered, and the answer came here: both addresses were where they should be.
  const { hops, target } = sendersOf(tries);
  const beyond = hops.find(({ from }) => from !== route.via) ?? target[0];
  if (beyond?.from)
    return { says: 'ruledOut', because: `${beyond.from}, behind the router, answered`, facts: ['connect'] };
  if (refusedByReset(tries) === true && resetFromAfar(attempt, scene))
    return { says: 'ruledOut', because: 'the refusal came from behind the router', facts: ['connect.reset'] };
  const others = answeringReferences(scene);
  if (others.length > 0 && attempt.outcome.code !== 'timed-out')
    return { says: 'ruledOut', because: 'others answer by the same router', facts: ['references'] };
  const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address);
  const further = way?.hops.find((hop) => hop.ttl > 1 && hop.address !== null && hop.address !== route.via);
  if (further?.address)
    return { says: 'ruledOut', because: `${further.address}, behind the router, answers`, facts: ['path'] };
  return null;
}

/** Hop limits start at 64, 128 or 255; one that has been counted down has passed a router. */
function resetFromAfar(attempt: FailedAttempt, scene: Scene): boolean {
  const ttl = resetOf(attempt, scene)?.resetTtl ?? null;
  return ttl !== null && ![64, 128, 255].includes(ttl);
}

function ofOwnAddress(own: LinkOwners, attempt: FailedAttempt, scene: Scene): Finding {
  const other = claimants(own)[0]?.mac ?? '';
  if (attempt.outcome.code === 'refused' || attempt.outcome.code === 'reset')
    return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['connect'] };
  const works = answeringReferences(scene).length > 0;
  return {
    says: 'fits',
    // Answers reach now the one and now the other; that others get through speaks for something else.
    weight: works ? 0.4 : 0.9,
    atMost: 'likely',
    culprit: {
      kind: 'interface',
      address: own.address,
      name: own.ownMac === undefined ? `${other} and this computer` : `${other} and ${own.ownMac} (this computer)`,
    },
    summary: `Another device in this network uses this computer's own address ${own.address}, so answers may reach that one instead.`,
    advice:
      'give one of the two another address: renew the lease, or change the fixed address in the settings of the network',
    evidence: [
      {
        fact: 'link.owners',
        says: `a device with the hardware address ${other} answers for ${own.address} on ${own.device}`,
      },
    ],
  };
}

function ofNextHop(shared: LinkOwners, rivals: readonly LinkOwner[], attempt: FailedAttempt): Finding {
  const what = shared.role === 'gateway' ? `your router's address ${shared.address}` : shared.address;
  const macs = rivals.map(({ mac }) => mac).join(' and ');
  const measured = rivals.filter(({ knocks }) => steady(knocks) !== null);
  const outcomes = new Set(measured.map(({ knocks }) => steady(knocks)));
  if (measured.length === rivals.length && outcomes.size === 1) {
    return {
      says: 'ruledOut',
      because: `the ${rivals.length} devices that answer for ${shared.address} treat the connection alike`,
      facts: ['link.owners'],
    };
  }
  const open = measured.find(({ knocks }) => steady(knocks) === 'open');
  const like = attempt.outcome.code === 'refused' || attempt.outcome.code === 'reset' ? 'refused' : 'none';
  const wrong = measured.find(({ knocks }) => steady(knocks) === like);
  const evidence: Evidence[] = [
    { fact: 'link.owners', says: `${rivals.length} devices answer for ${shared.address} on ${shared.device}: ${macs}` },
  ];
  const common = {
    culprit: { kind: 'interface', address: shared.address, name: macs } as const,
    summary: `${rivals.length} devices in this network use ${what}, and the connection reaches the wrong one.`,
    advice:
      'find the second device by its hardware address, in the list of devices of your router, and give it another address',
  };
  if (open && wrong) {
    const word = like === 'none' ? 'lost' : 'refused';
    evidence.push({
      fact: 'link.owners',
      says: `the same packet is accepted when it is handed to ${open.mac}, and ${word} when it is handed to ${wrong.mac}`,
    });
    return { says: 'proven', ...common, evidence };
  }
  return {
    says: 'fits',
    weight: measured.length === 0 ? 0.8 : 0.45,
    atMost: 'likely',
    ...common,
    summary: `${rivals.length} devices in this network use ${what}, so the connection may reach the wrong one.`,
    evidence,
  };
}

/** The same outcome each time, of two times at least. */
function steady(knocks: readonly KnockOutcome[]): KnockOutcome | null {
  const [first] = knocks;
  return first !== undefined && knocks.length > 1 && knocks.every((one) => one === first) ? first : null;
}
