import { familyOf, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type Facts, type RouteChoice } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { defaultTaken, mayBeTaken } from '../evidence/default-taken.js';
import { leadingRule } from '../evidence/leading-rule.js';
import { notPassedOn } from '../evidence/around-trace.js';
import { lowHopLimit } from './low-hop-limit.js';
import { byMarkedRoute } from './marked-route.js';
import { unusableAddress } from './unusable-address.js';
import { notYet } from '../names/answers.js';
import { isBeyondScope } from '../path/icmp-words.js';
import { refusedWayAdvice } from '../evidence/refused-way.js';
import { carrierWithoutWay } from '../evidence/tunnel-carrier.js';

/** Which route makes connect() and send() fail with which code, at once and without a packet (measured; fib_props). */
const codesOf: Readonly<Record<string, readonly string[]>> = {
  blackhole: ['invalid-route', 'failed'],
  unreachable: ['host-unreachable'],
  prohibit: ['prohibited'],
  throw: ['network-unreachable'],
  none: ['network-unreachable', 'no-local-address'],
};

/** This device's own routing table leads nowhere for that address: no line, or one that says "no". */
export const cause: Cause = {
  id: 'no-route',
  side: 'this-device',
  stage: 'route',
  title: 'This computer has no route to that address',
  symptoms: [
    ...symptoms(
      'connect',
      'network-unreachable',
      'host-unreachable',
      'prohibited',
      'invalid-route',
      'no-local-address',
      'timed-out',
      'failed',
    ),
    ...symptoms('exchange', 'network-unreachable', 'host-unreachable', 'prohibited', 'failed'),
  ],
  needs: [
    'device.routes',
    'device.interfaces',
    'device.namespaces',
    'device.vpnProfiles',
    'device.tunnelEnds',
    'kernel.trace',
  ],
  remedies: ['remove-refusing-route', 'remove-refusing-rule', 'set-gateway', 'renew-lease'],
  yieldsTo: ['network-down', 'vpn-blocks', 'subnet-overlap', 'app-policy', 'os-network-permission'],
  judge(attempt, scene): Finding {
    const marked = byMarkedRoute(attempt, scene);
    if (marked) return marked;
    const cutOff = carrierWithoutWay(attempt, scene);
    if (cutOff) return cutOff;
    const unusable = unusableAddress(attempt, scene.facts);
    if (unusable) return unusable;
    if (
      attempt.protocol !== 'dns' &&
      attempt.outcome.code === 'failed' &&
      attempt.outcome.raw.startsWith('EINVAL: zone')
    )
      return { says: 'unknown', missing: [], because: 'the address does not say on which interface it is' };
    const stuck = notPassedOn(attempt, scene);
    if (stuck) return stuck;
    const low = lowHopLimit(attempt, scene);
    if (low) return low;
    const tries = triesOf(attempt, scene);
    const narrow = sendersOf(tries).hops.find((icmp) => isBeyondScope(icmp, icmp.from));
    if (narrow) return noWideAddress(attempt, narrow.from, scene.facts);
    // Where the platform does not show ICMP errors, it does not show either whether the failure came at once.
    if (tries.length > 0 && tries.every(({ synchronous, icmp }) => !synchronous && icmp !== null)) {
      return { says: 'ruledOut', because: 'a packet was made: the failure did not come at once', facts: ['connect'] };
    }
    const { hops, target } = sendersOf(tries);
    const said = hops[0] ?? target[0];
    if (said)
      return { says: 'ruledOut', because: `${said.from} reports it, so that the packet got there`, facts: ['connect'] };
    const { from } = attempt.outcome;
    if (attempt.protocol === 'dns' && from !== undefined)
      return { says: 'ruledOut', because: `${from} says so, so that the question got there`, facts: ['name.direct'] };
    const atOnce = attempt.protocol === 'dns' || tries.some(({ synchronous }) => synchronous);
    return byRoute(attempt, scene, atOnce);
  },
};

/** It has a route (a router has announced itself), and no address that could be answered: DHCPv6 gave none, say. */
function noWideAddress({ address }: FailedAttempt, router: string, facts: Facts): Finding {
  const way = fact(facts, 'device.routes')?.choices.find((one) => one.address === address);
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    culprit: { kind: 'interface', ...(way?.device && { name: way.device }) },
    missing: notYet(facts, 'device.routes'),
    summary: 'This computer has no IPv6 address that holds beyond its own network: its packets are turned back.',
    advice: 'connect anew, so that this computer gets an IPv6 address; if it stays, ask whoever runs this network',
    evidence: [{ fact: 'connect', says: `${router} said "beyond scope", which is about the address that sends` }],
  };
}

function byRoute(attempt: FailedAttempt, scene: Scene, atOnce: boolean): Finding {
  const { facts } = scene;
  const routes = fact(facts, 'device.routes');
  if (!routes) return { says: 'unknown', missing: notYet(facts, 'device.routes') };
  const choice = routes.choices.find(({ address }) => address === attempt.address);
  if (!choice) return { says: 'unknown', missing: [], because: 'the kernel was not asked for a route to that address' };
  if (choice.error === null && choice.source === null && attempt.outcome.code === 'no-local-address')
    return withoutAddress(choice, facts);
  if (choice.error === null) {
    return {
      says: 'ruledOut',
      because: `the kernel has a route (${choice.via === null ? 'directly' : `by ${choice.via}`} on ${choice.device ?? 'an interface'})`,
      facts: ['device.routes'],
    };
  }
  const fitting = codesOf[choice.type]?.includes(attempt.outcome.code) ?? false;
  if (!fitting) return { says: 'unknown', missing: [], because: `a route of type ${choice.type} fails in another way` };
  const program = fact(facts, 'device.program');
  const own = program?.network && program.adopted.includes('network') ? (program.container ?? program.named) : null;
  const has = (wanted: number): boolean => routes.defaults.some(({ family }) => family === wanted);
  const found = noRoute(
    choice,
    attempt,
    { own: has(familyOf(choice.address)), other: has(familyOf(choice.address) === 6 ? 4 : 6) },
    own,
    leadingRule(choice, routes.rules),
  );
  if (!atOnce) return { ...found, says: 'fits', weight: 0.7, missing: notYet(facts, 'connect') };
  // A route that is missing because its interface is down is the interface's fault: only a look at them tells.
  if (choice.line === null && fact(facts, 'device.interfaces') === undefined) {
    return { ...found, says: 'fits', weight: 0.7, missing: notYet(facts, 'device.interfaces'), atMost: 'likely' };
  }
  // A VPN that stood in its place may have left that behind: its settings tell, and then it is what that VPN did.
  if (choice.line === null && mayBeTaken(attempt, scene) && isOpenOrTaken(attempt, scene)) {
    const missing = notYet(facts, 'device.vpnProfiles');
    return { ...found, says: 'fits', weight: 0.7, missing, atMost: 'likely' };
  }
  // In a network that was made for some programs alone it is no matter of this computer's.
  if (choice.line === null && hasLoopbackOnly(facts) && facts['device.namespaces'] === undefined) {
    return { ...found, says: 'fits', weight: 0.7, missing: ['device.namespaces'], atMost: 'likely' };
  }
  // A container's networks may have been made without a way out: its engine tells.
  if (choice.line === null && mayBeMadeSo(facts)) {
    const missing = notYet(facts, 'device.program', 'device.containers');
    return { ...found, says: 'fits', weight: 0.7, missing, atMost: 'likely' };
  }
  return found;
}

function isOpenOrTaken(attempt: FailedAttempt, scene: Scene): boolean {
  return scene.facts['device.vpnProfiles']?.state !== 'known' || defaultTaken(attempt, scene) !== null;
}

function mayBeMadeSo(facts: Facts): boolean {
  if (!facts.target.ofProgram) return false;
  const program = fact(facts, 'device.program');
  return !program || (program.container !== null && fact(facts, 'device.containers') === undefined);
}

function hasLoopbackOnly(facts: Facts): boolean {
  return (fact(facts, 'device.interfaces') ?? []).every(({ name, kind }) => name === 'lo' || kind === 'loopback');
}

/** A way there, and no address of that family to put on what is sent (ip6_dst_lookup_tail: EADDRNOTAVAIL). */
function withoutAddress({ address, device, line }: RouteChoice, facts: Facts): Finding {
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces) return { says: 'unknown', missing: notYet(facts, 'device.interfaces') };
  const family = familyOf(address);
  const version = family === 6 ? 'IPv6' : 'IPv4';
  const own = interfaces.flatMap(({ addresses }) => addresses).filter((one) => familyOf(one.address) === family);
  if (own.some(({ scope }) => scope === 'global'))
    return {
      says: 'unknown',
      missing: [],
      because: `why none of this computer's ${version} addresses can be used is not known`,
    };
  return {
    says: 'proven',
    stage: 'route',
    culprit: { kind: 'interface', name: device ?? 'this computer' },
    summary: `This computer has no ${version} address, so that nothing can be sent to ${address}.`,
    advice: `connect again, so that the network gives it an address; or use ${family === 6 ? 'IPv4' : 'IPv6'}`,
    evidence: [
      {
        fact: 'device.interfaces',
        says: `no interface has an address of ${version} that leads further than its own cable`,
      },
      { fact: 'device.routes', says: `there is a way${line === null ? '' : `: ${line}`}` },
    ],
  };
}

function noRoute(
  choice: RouteChoice,
  attempt: FailedAttempt,
  /** Whether there is a default route for that family of addresses, and for the other one. */
  defaults: { readonly own: boolean; readonly other: boolean },
  /** The program or container in whose own network that is; null: this computer's. */
  own: string | null,
  /** The rule of routing by which that line is reached, where it stands in no usual table. */
  rule: string | null,
): Finding & { says: 'proven' } {
  const { address, type, line, table, error } = choice;
  const family = familyOf(address) === 6 ? 'IPv6' : 'IPv4';
  const measured: FactKey = attempt.protocol === 'dns' ? 'name.direct' : 'connect';
  const evidence: Evidence[] = [
    {
      fact: 'device.routes',
      says:
        line === null
          ? `the kernel finds no route to ${address} (${error})`
          : `the kernel takes this line for ${address}: ${line}`,
    },
    { fact: measured, says: `nothing was sent: the kernel refused at once (${attempt.outcome.raw})` },
  ];
  if (line !== null && rule !== null && rule !== line)
    evidence.push({ fact: 'device.routes', says: `this rule leads to that table: ${rule}` });
  if (line === null && !defaults.own)
    evidence.push({ fact: 'device.routes', says: `there is no default route for ${family}` });
  return {
    says: 'proven',
    stage: 'route',
    culprit: {
      kind: 'route',
      name: line ?? (defaults.own ? `no route to ${address}` : `no ${family} default route`),
      address,
      ...(table !== null && { location: `table ${table}` }),
    },
    summary: sentence(choice, family),
    advice: adviceFor(line, family, address, defaults.other),
    evidence,
  };

  function sentence({ type: kind }: RouteChoice, version: string): string {
    if (line !== null)
      return `${own === null ? "This computer's own" : `In the network of ${own} the`} routing table says "${kind}" for ${address}.`;
    const who = own === null ? 'This computer' : `The network of ${own}`;
    if (defaults.own || ['link-local', 'loopback'].includes(scopeOf(address)))
      return `${who} has no route to ${address}.`;
    if ((version === 'IPv6' || defaults.other) && type === 'none')
      return `${who} has no way to the internet by ${version}, and ${address} is an ${version} address.`;
    return `${who} has no way out${own === null ? ' of its own network' : ''}: the default route is missing.`;
  }
}

function adviceFor(line: string | null, family: string, address: string, otherFamily: boolean): string {
  if (line === null && scopeOf(address) === 'loopback')
    return family === 'IPv6'
      ? 'IPv6 seems to be switched off here (sysctl net.ipv6.conf.lo.disable_ipv6 tells): use 127.0.0.1'
      : 'switch the loopback interface on: sudo ip link set lo up';
  return (
    refusedWayAdvice(line) ??
    (family === 'IPv6'
      ? 'ask for IPv6 from the network, or use IPv4'
      : otherFamily
        ? 'connect again, so that the network gives it IPv4; where it has IPv6 alone, such servers are reached by its NAT64 (a name server that does DNS64) or not at all'
        : 'connect again, so that the network tells its router; or add a default route')
  );
}
