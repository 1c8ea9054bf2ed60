import { scopeOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts, type InterfaceFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { notYet } from '../names/answers.js';

/** Kinds that lead to other machines only through another interface: of containers, and tunnels. */
const virtualKinds: ReadonlySet<string> = new Set([
  'bridge',
  'dummy',
  'ifb',
  'vxlan',
  'loopback',
  'tun',
  'wireguard',
  'gre',
  'ipip',
  'sit',
  'vti',
  'xfrm',
  'none',
]);
const tunnelKinds: ReadonlySet<string> = new Set(['tun', 'wireguard', 'gre', 'ipip', 'sit', 'vti', 'xfrm']);

/** No interface of this device can carry anything: switched off, cable out, no radio link, no address. */
export const cause: Cause = {
  id: 'network-down',
  side: 'this-device',
  stage: 'route',
  title: 'This computer is not connected to any network',
  symptoms: [
    ...symptoms('connect', 'network-unreachable', 'host-unreachable', 'timed-out', 'no-local-address'),
    ...symptoms('exchange', 'network-unreachable', 'host-unreachable', 'timed-out', 'failed'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed', 'no-resolver'),
  ],
  needs: ['device.interfaces', 'device.routes', 'device.namespaces', 'device.neighbours'],
  remedies: ['switch-interface-on', 'renew-lease'],
  judge(attempt, { facts }): Finding {
    if (attempt.address !== null && staysHere(attempt.address, facts)) return loopbackDown(facts);
    const interfaces = fact(facts, 'device.interfaces');
    if (!interfaces) return { says: 'unknown', missing: notYet(facts, 'device.interfaces') };
    const outward = interfaces.filter(({ kind, name }) => kind !== 'loopback' && name !== 'lo');
    const usable = outward.filter(isUsable);
    if (usable.length === 0) {
      const made = madeForSome(outward, facts);
      return made ?? down(outward, facts);
    }
    const routes = fact(facts, 'device.routes');
    if (!routes)
      return {
        says: 'unknown',
        missing: notYet(facts, 'device.routes'),
        because: 'which interface leads there is not known',
      };
    const chosen = interfaceFor(attempt, facts);
    const used = outward.find(({ name }) => name === chosen);
    // A tunnel that nobody serves any more is the VPN's matter, and so is what it makes to swallow all: the network itself is there.
    const isVpns = used && (tunnelKinds.has(used.kind ?? '') || tunnelProduct(used.name, used.kind) !== undefined);
    if (isVpns && usable.some(({ kind }) => !virtualKinds.has(kind ?? ''))) {
      return {
        says: 'ruledOut',
        because: 'another interface is connected',
        facts: ['device.interfaces', 'device.routes'],
      };
    }
    if (used?.asksNobody) return findsNobody(used, attempt, facts);
    // Without an address of its own an interface is legal: packets take one of another interface along.
    if (used && !isUsable(used) && (!used.up || used.carrier === false)) return down([used], facts);
    const real = usable.filter(({ kind }) => !virtualKinds.has(kind ?? ''));
    if (used && (real.length > 0 || !tunnelKinds.has(used.kind ?? ''))) {
      return {
        says: 'ruledOut',
        because: `${used.name}, which leads there, is up`,
        facts: ['device.interfaces', 'device.routes'],
      };
    }
    if (real[0])
      return {
        says: 'ruledOut',
        because: `${real[0].name} is up and has an address`,
        facts: ['device.interfaces', 'device.routes'],
      };
    // What is up belongs to containers, or is a tunnel through something that is down.
    const off = outward.filter((each) => !isUsable(each) && !virtualKinds.has(each.kind ?? ''));
    if (off.length > 0 && !isReached(attempt, facts)) return { ...down(off, facts), says: 'fits', weight: 0.8 };
    return { says: 'unknown', missing: [], because: 'only interfaces of containers and tunnels are up' };
  },
};

/** What goes to a neighbour then bears the interface's own hardware address, and nobody takes it. */
function findsNobody({ name }: InterfaceFact, attempt: Attempt, facts: Facts): Finding {
  const neighbours = fact(facts, 'device.neighbours');
  if (!neighbours) return { says: 'unknown', missing: notYet(facts, 'device.neighbours') };
  if (neighbours.some(({ device, state }) => device === name && state === 'PERMANENT'))
    return { says: 'unknown', missing: [], because: 'some neighbours are written down by hand' };
  const answered = attempt.outcome !== 'ok' && attempt.outcome.from !== undefined;
  if (answered) return { says: 'unknown', missing: [], because: 'somebody answered all the same' };
  return {
    says: 'fits',
    weight: 0.97,
    stage: 'route',
    culprit: { kind: 'interface', name },
    summary: `This computer finds nobody on its network: ${name} is on, but asking for hardware addresses (ARP) is switched off there.`,
    advice: `switch it on: sudo ip link set ${name} arp on`,
    evidence: [
      { fact: 'device.interfaces', says: `${name} bears the flag NOARP, which no such interface has by itself` },
    ],
  };
}

/** A network that was made for some programs alone tells nothing of the computer's own. */
function madeForSome(outward: readonly InterfaceFact[], facts: Facts): Finding | null {
  const program = fact(facts, 'device.program');
  if (program?.network && program.adopted.includes('network'))
    return {
      says: 'ruledOut',
      because: 'what was looked at is the network of that program, not the one of this computer',
      facts: ['device.program', 'device.interfaces'],
    };
  if (outward.length > 0) return null;
  const namespaces = facts['device.namespaces'];
  if (namespaces === undefined) return { says: 'unknown', missing: ['device.namespaces'] };
  return fact(facts, 'device.namespaces')?.initial === false
    ? {
        says: 'ruledOut',
        because: 'the network that was looked at was made for some programs, and is not the one of this computer',
        facts: ['device.namespaces', 'device.interfaces'],
      }
    : null;
}

/** What goes to this very device passes the loopback interface, whichever of its addresses is meant. */
function loopbackDown(facts: Facts): Finding {
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces) return { says: 'unknown', missing: notYet(facts, 'device.interfaces') };
  const loopback = interfaces.find(({ kind, name }) => kind === 'loopback' || name === 'lo');
  if (!loopback || loopback.up)
    return { says: 'ruledOut', because: 'it does not leave this computer', facts: ['device.interfaces'] };
  return {
    says: 'proven',
    stage: 'route',
    culprit: { kind: 'interface', name: loopback.name },
    summary: `This computer cannot reach itself: its loopback interface ${loopback.name} is switched off.`,
    advice: `switch it on: sudo ip link set ${loopback.name} up`,
    evidence: [{ fact: 'device.interfaces', says: `${loopback.name} is switched off` }],
  };
}

/** Loopback and this device's own addresses. */
function staysHere(address: string, facts: Facts): boolean {
  const own = (fact(facts, 'device.interfaces') ?? []).flatMap(({ addresses }) =>
    addresses.map((each) => each.address),
  );
  return scopeOf(address) === 'loopback' || own.includes(address);
}

function isUsable({ up, carrier, addresses }: InterfaceFact): boolean {
  return up && carrier !== false && addresses.some(({ scope }) => scope !== 'link' && scope !== 'host');
}

function interfaceFor(attempt: Attempt, facts: Facts): string | null {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const own = attempt.address === null ? choices : choices.filter(({ address }) => address === attempt.address);
  return own.find(({ device, error, type }) => device !== null && error === null && type !== 'local')?.device ?? null;
}

/** An error that somebody else sent: then something does lead out. */
function isReached({ outcome, address }: Attempt, facts: Facts): boolean {
  const from = outcome === 'ok' ? undefined : outcome.from;
  return from !== undefined && from !== address && !staysHere(from, facts);
}

function down(interfaces: readonly InterfaceFact[], facts: Facts): Finding & { says: 'proven' } {
  const [first] = interfaces.toSorted((a, b) => rank(a) - rank(b) || a.index - b.index);
  const routes = fact(facts, 'device.routes');
  const evidence: Evidence[] = interfaces
    .slice(0, 3)
    .map((each) => ({ fact: 'device.interfaces', says: `${each.name} ${stateOf(each)}` }));
  if (!first) evidence.push({ fact: 'device.interfaces', says: 'there is no network interface besides the loopback' });
  if (routes && routes.defaults.length === 0)
    evidence.push({ fact: 'device.routes', says: 'there is no default route' });
  return {
    says: 'proven',
    stage: 'route',
    ...(first && { culprit: { kind: 'interface', name: first.name } as const }),
    summary: first
      ? `This computer is not connected to the network: ${first.name} ${stateOf(first)}.`
      : 'This computer has no network interface at all.',
    advice: first ? adviceFor(first) : 'check whether the network adapter is plugged in and its driver loaded',
    evidence,
  };
}

/** The one that a person would think of: with an address, of no container, then those that are at least on. */
function rank({ kind, addresses, up }: InterfaceFact): number {
  return (
    (virtualKinds.has(kind ?? '') ? 4 : 0) + (addresses.some(({ scope }) => scope === 'global') ? 0 : 2) + (up ? 0 : 1)
  );
}

function stateOf({ up, carrier }: InterfaceFact): string {
  if (!up) return 'is switched off';
  return carrier === false
    ? 'is on, but has no link (cable out, or no wireless connection)'
    : 'is on, but has no address';
}

function adviceFor({ name, up, carrier }: InterfaceFact): string {
  if (!up) return `switch it on: sudo ip link set ${name} up`;
  return carrier === false
    ? 'check the cable, or connect to the wireless network'
    : 'connect again, so that the network gives this computer an address';
}
