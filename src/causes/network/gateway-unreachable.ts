import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type Facts, type NeighbourFact, type RouteChoice, type RoutesFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { fixedNeighbour } from './fixed-neighbour.js';
import { asksAboutNeighbour, foundByFrame, neighbourRefusal } from '../evidence/neighbour-rules.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { swallowedHere } from '../evidence/swallowed-here.js';
import { outsideOf } from '../evidence/reference-evidence.js';
import { afterNeighbourSearch, sendersOf, triesOf } from '../evidence/connection-evidence.js';

const unanswered: ReadonlySet<string> = new Set(['FAILED', 'INCOMPLETE']);

/** The router that this device should send everything to does not answer on its own link. */
export const cause: Cause = {
  id: 'gateway-unreachable',
  side: 'local-network',
  stage: 'route',
  title: 'Your router does not answer',
  symptoms: [
    ...symptoms('connect', 'host-unreachable', 'timed-out'),
    ...symptoms('exchange', 'host-unreachable', 'timed-out'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed'),
  ],
  needs: ['device.routes', 'device.neighbours', 'references', 'link.owners'],
  remedies: ['set-gateway', 'renew-lease'],
  yieldsTo: ['address-conflict', 'network-down', 'no-route', 'local-firewall'],
  judge(attempt, scene) {
    const routes = fact(scene.facts, 'device.routes');
    if (!routes) return { says: 'unknown', missing: ['device.routes', 'device.neighbours'] };
    const choice = routes.choices.find((one) => one.address === attempt.address);
    // Most home routers are the name server too: asked for a name, they are the next hop and the target in one.
    const itself = routes.defaults.some(({ via }) => via === attempt.address) ? attempt.address : null;
    const gateway = choice
      ? (choice.via ?? itself)
      : attempt.address === null
        ? (routes.defaults[0]?.via ?? null)
        : null;
    if (gateway === null) {
      return choice
        ? { says: 'ruledOut', because: 'no router is needed for this target', facts: ['device.routes'] }
        : { says: 'unknown', missing: [], because: 'the way is not known' };
    }
    const neighbours = fact(scene.facts, 'device.neighbours');
    if (!neighbours) return { says: 'unknown', missing: ['device.neighbours'] };
    const entry = neighbours.find((one) => one.address === gateway);
    const { self, hops, target } = sendersOf(triesOf(attempt, scene));
    if (hops.length > 0 || target.length > 0)
      return { says: 'ruledOut', because: 'somebody behind the router answered', facts: ['connect'] };
    const eaten = swallowedHere(attempt, scene);
    if (eaten) return { says: 'unknown', missing: [], because: eaten.because };
    if (entry?.state === 'PERMANENT') return fixedNeighbour(entry, attempt, scene);
    const searched = self.length > 0 && afterNeighbourSearch(triesOf(attempt, scene));
    if (entry && !unanswered.has(entry.state) && entry.mac !== null && !searched) {
      if (keepsSilent(gateway, attempt, scene)) {
        return {
          says: 'fits',
          weight: 0.8,
          culprit: { kind: 'route', address: gateway, name: choice?.line ?? `default via ${gateway}` },
          summary: `Your router (${gateway}) may have stopped answering: this network knows it from before, and now it keeps silent.`,
          advice: 'restart the router, or look whether it still has that address',
          evidence: [
            { fact: 'references', says: `${gateway} was asked, and keeps silent` },
            { fact: 'path', says: 'no router on the way answers, not even the first' },
          ],
          missing: notYetAsked(scene, 'device.swallowed'),
        };
      }
      return {
        says: 'ruledOut',
        because: `the router ${gateway} answers on its link (${entry.state})`,
        facts: ['device.neighbours'],
      };
    }
    if (searched && entry?.state === 'REACHABLE' && isAnswering(gateway, scene))
      return otherNextHop(entry, choice, scene);
    if ((entry && unanswered.has(entry.state)) || searched) {
      if (foundByFrame(attempt, scene) !== null)
        return {
          says: 'ruledOut',
          because: `${gateway} answers on its link when it is asked past all rules`,
          facts: ['link.owners'],
        };
      if (neighbourRefusal(attempt, scene) !== null)
        return {
          says: 'ruledOut',
          because: `the rules of this computer throw away the messages by which ${gateway} would be found`,
          facts: ['device.firewall'],
        };
      return {
        says: 'fits',
        weight: 0.95,
        missing: [
          ...(asksAboutNeighbour(attempt, scene) ? (['device.firewall'] as const) : []),
          ...notYetAsked(scene, 'device.swallowed'),
        ],
        culprit: { kind: 'route', address: gateway, name: choice?.line ?? `default via ${gateway}` },
        ...words(gateway, choice, routes),
        evidence: [
          searched
            ? { fact: 'connect', says: `this computer looked for ${gateway} for three seconds and found nobody` }
            : { fact: 'device.neighbours', says: `nobody answers for ${gateway} on this link (${entry?.state ?? ''})` },
        ],
      };
    }
    return { says: 'unknown', missing: [], because: 'no entry for the router' };
  },
};

function isAnswering(gateway: string, { facts }: Scene): boolean {
  const asked = fact(facts, 'references') ?? [];
  return asked.some(({ kind, address, ok }) => kind === 'gateway' && address === gateway && ok);
}

/** The kernel looked for somebody in vain, and this router is there: a line with several next hops leads by another one too. */
function otherNextHop({ address, device }: NeighbourFact, choice: RouteChoice | undefined, scene: Scene): Finding {
  const vias = new Set((fact(scene.facts, 'device.routes')?.choices ?? []).map(({ via }) => via));
  const dead = (fact(scene.facts, 'device.neighbours') ?? []).find(
    (one) => one.device === device && one.address !== address && unanswered.has(one.state) && vias.has(one.address),
  );
  if (!dead)
    return { says: 'unknown', missing: [], because: `${address} answers: who else was looked for is not known` };
  return {
    says: 'fits',
    weight: 0.95,
    // That it is the line of this very target which leads by him as well is not shown.
    atMost: 'likely',
    culprit: { kind: 'route', address: dead.address, name: `${choice?.line ?? 'default'} via ${dead.address}` },
    summary: `Of several ways out of this computer one leads by ${dead.address}, and nobody on this network has that address; ${address} answers.`,
    advice: `take ${dead.address} out of that line of the routing table (ip route shows it as "nexthop via ${dead.address}"), or switch that router on`,
    evidence: [
      { fact: 'device.neighbours', says: `nobody answers for ${dead.address} on this link (${dead.state})` },
      { fact: 'references', says: `the router ${address} itself answers` },
    ],
  };
}

/** The usual router, or one that a line of its own names for this target alone. */
function words(
  gateway: string,
  choice: RouteChoice | undefined,
  { defaults }: RoutesFact,
): { readonly summary: string; readonly advice: string } {
  const line = choice?.line ?? null;
  // Of another table than the main one even a default is a line for some packets alone: a rule leads to it.
  const table = / table (\S+)/.exec(line ?? '')?.[1];
  const isForSome = table !== undefined || line?.startsWith('default') === false;
  if (choice && line !== null && isForSome && !defaults.some(({ via }) => via === gateway))
    return {
      summary: `A line of this computer's routing table${table === undefined ? '' : ` ${table}`} sends what is meant for ${choice.address} to ${gateway}, and nobody on this network has that address.`,
      advice: `correct that line, or take it out, so that it goes as everything else does: sudo ip route del ${line}`,
    };
  return {
    summary: `Your router (${gateway}) does not answer: nobody on this network has that address.`,
    advice: 'check the cable or the Wi-Fi, restart the router, or correct the gateway in the network settings',
  };
}

/** Asked itself it says nothing, nor to a packet that went too far: that its link address is known tells of the past. */
function keepsSilent(gateway: string, attempt: FailedAttempt, { facts }: Scene): boolean {
  const asked = fact(facts, 'references')?.filter((one) => one.kind === 'gateway' && one.address === gateway) ?? [];
  const way = fact(facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  // A router that swallows all of TCP still leads questions for names on, by the other family if need be.
  const leadsOn = addressesOf(gateway, facts).some((one) => outsideOf(facts, one)?.some(({ ok }) => ok) === true);
  return (
    attempt.outcome.code === 'timed-out' &&
    !leadsOn &&
    asked.length > 0 &&
    asked.every((one) => !one.ok && one.failure?.code === 'timed-out') &&
    way !== undefined &&
    way.hops.every((hop) => hop.address === null)
  );
}

/** Those of the same router, by its link address: the one that was given, and others that lines of the routing table lead by. */
function addressesOf(gateway: string, facts: Facts): readonly string[] {
  const neighbours = fact(facts, 'device.neighbours') ?? [];
  const entry = neighbours.find(({ address }) => address === gateway);
  const routes = fact(facts, 'device.routes');
  const vias = new Set([...(routes?.choices ?? []), ...(routes?.defaults ?? [])].map(({ via }) => via));
  const others = neighbours.filter(
    ({ address, device, mac }) =>
      address !== gateway && mac !== null && mac === entry?.mac && device === entry.device && vias.has(address),
  );
  return [gateway, ...others.map(({ address }) => address)];
}
