// Packet filters: on the device, on any router, on the server.
import type { Machine } from '../../world/topology.js';
import type { Draft } from '../world/draft.js';
import { iptablesStop, matchOf, nftStop, policyDrop, type Hook, type Match, type Stop } from '../world/rule.js';
import type { Faults } from './fault.js';

const REJECTS: readonly Stop[] = ['tcp-reset', 'admin-prohibited', 'port-unreachable', 'host-unreachable', 'no-route'];

/** Of a target with two families of addresses, sometimes one alone is stopped. */
function familiesFor({ network, random, aim }: Draft, scope: Match['scope']): Partial<Match> {
  const names = scope === 'address' || scope === 'both' || scope === 'net';
  if (!names || aim.families.length < 2 || random.chance(0.6)) return { families: network.families };
  return { families: [random.pick(network.families)] };
}

/** Chains in which the kernel takes a reject. */
const rejecting: readonly Hook[] = ['input', 'output', 'forward'];

function stopAt(draft: Draft, on: Machine, hook: Hook, match: Match): string {
  const { random } = draft;
  const stop = rejecting.includes(hook) && random.chance(0.45) ? random.pick(REJECTS) : 'drop';
  const what = `${on} ${hook} ${match.answers ? 'answers ' : ''}${match.scope} ${stop}`;
  const way = random.pick(['nft', 'nft', 'nft', 'iptables-nft', 'legacy', 'policy'] as const);
  if (way === 'policy' && match.scope === 'port' && !match.answers && rejecting.includes(hook)) {
    draft.steps.push(policyDrop(random, on, hook as 'input' | 'output' | 'forward', match));
    return `${on} ${hook} policy drop`;
  }
  if ((way === 'iptables-nft' || way === 'legacy') && rejecting.includes(hook)) {
    const backend = way === 'legacy' ? 'legacy' : 'nft';
    draft.needs.push(way === 'legacy' ? 'iptables-legacy' : 'iptables-nft');
    draft.steps.push(...iptablesStop(random, on, hook as 'input' | 'output' | 'forward', match, stop, backend));
    return `${what} by ${way}`;
  }
  draft.steps.push(nftStop(random, on, hook, match, stop));
  return `${what} by nft`;
}

function onDevice(draft: Draft): string {
  const { random, as } = draft;
  const answers = random.chance(0.2);
  const hook = answers
    ? random.pick<Hook>(['input', 'prerouting'])
    : random.pick<Hook>(['output', 'output', 'output', 'postrouting']);
  const scopes = answers
    ? (['port', 'address', 'both'] as const)
    : (['port', 'port', 'address', 'both', 'net', 'tcp', 'user'] as const);
  const scope = random.pick<Match['scope']>(scopes);
  const uid = as === 'root' ? 0 : 65534;
  return stopAt(draft, 'device', hook, matchOf(draft, scope, { answers, uid, ...familiesFor(draft, scope) }));
}

function onRouter(draft: Draft): string {
  const { random, network } = draft;
  const on = random.pick(network.routers);
  const answers = random.chance(0.15);
  const hook = random.pick<Hook>(['forward', 'forward', 'forward', 'prerouting', 'postrouting']);
  const scopes = answers
    ? (['port', 'both'] as const)
    : (['port', 'port', 'both', 'address', 'net', 'tcp', 'everything'] as const);
  const scope = random.pick<Match['scope']>(scopes);
  return stopAt(draft, on, hook, matchOf(draft, scope, { answers, ...familiesFor(draft, scope) }));
}

function onServer(draft: Draft): string {
  const { random } = draft;
  const answers = random.chance(0.15);
  const hook = answers ? 'output' : random.pick<Hook>(['input', 'input', 'prerouting']);
  const scope = random.pick<Match['scope']>(answers ? ['port'] : ['port', 'port', 'both', 'tcp', 'everything']);
  return stopAt(draft, 'server', hook, matchOf(draft, scope, { answers, ...familiesFor(draft, scope) }));
}

export const firewalls: Faults = [
  [5, onDevice],
  [6, onRouter],
  [4, onServer],
];
