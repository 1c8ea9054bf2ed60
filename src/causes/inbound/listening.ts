import { canonical, familyOf, hostPort, unbracketed } from '../../model/address.js';
import { fact, type Facts, type ListenerFact } from '../../model/facts.js';
import type { InboundEnd, InboundFact } from '../../model/inbound.js';
import { bindAdvice, bindEvidence, bindLineAdvice } from '../evidence/bind-settings.js';
import { boundTo, processName } from '../evidence/listener-evidence.js';
import {
  expectedService,
  serviceAdvice,
  serviceCulprit,
  serviceEvidence,
  whatBecame,
} from '../evidence/local-service-evidence.js';
import type { Obstacle } from './obstacle.js';

/** Who listens on the port, by whether somebody from outside reaches it. */
export interface Listening {
  readonly reachable: readonly ListenerFact[];
  readonly loopback: readonly ListenerFact[];
  readonly otherFamily: readonly ListenerFact[];
  readonly elsewhere: readonly ListenerFact[];
}

export function listeningOn(facts: Facts, question: InboundFact): Listening | null {
  const known = fact(facts, 'device.listeners');
  if (!known) return null;
  const { protocol, port, ends } = question;
  const all = known.listeners.filter((one) => one.protocol === protocol && one.port === port);
  const reachable = all.filter((one) => ends.some((end) => accepts(one, end, question)));
  const rest = all.filter((one) => !reachable.includes(one));
  const loopback = rest.filter(({ address }) => isLoopback(address));
  const otherFamily = rest.filter((one) => one.device === undefined && isWildcard(one.address));
  return {
    reachable,
    loopback,
    otherFamily,
    elsewhere: rest.filter((one) => !loopback.includes(one) && !otherFamily.includes(one)),
  };
}

/** Of Docker and Podman: their rules lead ports of this computer into containers, where no program of its own listens. */
const bridges = /^(?:docker\d|br-[0-9a-f]{12}|podman\d|cni-podman)/;

/** Why nobody answers there at all; null where somebody listens, or it is not known. */
export function notListening(facts: Facts, question: InboundFact): Obstacle | null {
  const found = nobodyReachable(facts, question);
  // Rules that could not be read may lead what comes in to somewhere else, such as a container.
  const isRead = fact(facts, 'device.firewall')?.decisions.some(({ verdict }) => verdict !== 'unknown') === true;
  if (!found || isRead) return found;
  const mayLead = (fact(facts, 'device.interfaces') ?? []).some((one) => one.up && bridges.test(one.name));
  // Nobody sets route_localnet but for such a rule (kube-proxy, Docker without its proxy).
  const mayLeadHere = found.cause === 'listens-on-loopback-only' && (question.toLoopback ?? []).length > 0;
  const isOpen = mayLeadHere || (mayLead && found.cause === 'nothing-listening');
  return { ...found, certainty: isOpen ? 'possible' : 'likely' };
}

function nobodyReachable(facts: Facts, question: InboundFact): Obstacle | null {
  const listening = listeningOn(facts, question);
  if (!listening || listening.reachable.length > 0) return null;
  const { port, ends } = question;
  const [only] = listening.loopback;
  const [six] = listening.otherFamily;
  const [other] = listening.elsewhere;
  const [end] = ends;
  if (six) return ofOtherFamily(six);
  if (only) return toItselfOnly(facts, only, end?.address ?? null);
  if (other)
    return bound(
      other,
      'nothing-listening',
      other.device === undefined
        ? `on ${other.address}, and not on ${end?.address ?? 'the address that others use'}`
        : `on ${boundTo(other)}, and the other side comes by ${question.back?.device ?? end?.device ?? 'another one'}`,
    );
  return inContainer(question) ?? nobody(facts, port, question.protocol, end?.address ?? null);
}

function ofOtherFamily(listener: ListenerFact): Obstacle {
  const [has, needs] = familyOf(plain(listener.address)) === 4 ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
  return bound(listener, 'listens-on-other-family', `by ${has} only, and the other side comes by ${needs}`);
}

/** With the line of its settings that says so, and how it would read, where they could be read. */
function toItselfOnly(facts: Facts, listener: ListenerFact, address: string | null): Obstacle {
  const said = bound(listener, 'listens-on-loopback-only', `only to this computer itself (${listener.address})`);
  const culprit = { kind: 'service' as const, ...said.culprit };
  const line = fact(facts, 'device.binding')?.find(({ location }) => location !== '');
  const { process, port } = listener;
  const own = address ?? 'its own address';
  const advice =
    (line && bindLineAdvice(line, process ?? line.program, own, port)) ?? bindAdvice(process ?? '', own, port);
  return {
    ...said,
    culprit: { ...culprit, ...(line && { location: line.location }) },
    ...(advice !== null && { advice }),
    evidence: [...said.evidence, ...bindEvidence(line)],
  };
}

function bound(listener: ListenerFact, cause: string, how: string): Obstacle {
  const { process, port, address, protocol, device } = listener;
  return {
    cause,
    side: 'this-device',
    stage: 'connect',
    certainty: 'confirmed',
    culprit: { kind: process === null ? 'service' : 'process', name: process ?? `port ${port}`, address },
    summary: `${process ?? 'The service'} on port ${port} listens ${how}.`,
    advice: `let ${process ?? 'the service'} listen on the address that others use, or on all, in its own settings (often called bind, listen or host)`,
    evidence: [
      {
        fact: 'device.listeners',
        says: `${processName(listener)} listens on ${protocol} ${hostPort(address, port)}${device === undefined ? '' : ` of the interface ${device}`} and nowhere else`,
      },
    ],
  };
}

const engineNames: Readonly<Record<string, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  kubernetes: 'Kubernetes',
  lxc: 'LXC',
};

/** A container has that port, and nothing leads to it from outside. */
function inContainer({ port, protocol, containers }: InboundFact): Obstacle | null {
  const found = containers.find((one) => !isLoopback(one.address));
  if (!found) return null;
  const who = found.process ?? 'a program';
  const engine = engineNames[found.engine] ?? found.engine;
  return {
    cause: 'port-not-published',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    culprit: { kind: 'container', name: found.id, owner: found.engine },
    summary: `${who} listens on port ${port} inside a container of ${engine}, and that port is not published on this computer.`,
    advice: `publish it when the container is started (docker run -p ${port}:${port} …, or "ports:" in the compose file)`,
    evidence: [
      {
        fact: 'inbound',
        says: `${who} (process ${found.pid}) of container ${found.id} listens on port ${port} in a network of its own`,
      },
      {
        fact: 'device.listeners',
        says: `nothing listens on ${protocol} port ${port} in the network of this computer itself`,
      },
    ],
  };
}

function nobody(facts: Facts, port: number, protocol: string, address: string | null): Obstacle {
  const expected = expectedService({ facts, attempts: [] });
  return {
    cause: 'nothing-listening',
    side: 'this-device',
    stage: 'connect',
    certainty: 'confirmed',
    culprit: expected
      ? serviceCulprit(expected, address ?? '')
      : { kind: 'service', name: `port ${port}`, ...(address === null ? {} : { address }) },
    summary: expected
      ? `Nothing on this computer listens on port ${port}: ${whatBecame(expected)}.`
      : `Nothing on this computer listens on port ${port}, so nobody can reach it there.`,
    advice: expected ? serviceAdvice(expected) : 'start the program that should listen there, or check its port',
    evidence: [
      { fact: 'device.listeners', says: `no program of this computer listens on ${protocol} port ${port}` },
      ...(expected ? serviceEvidence(expected) : []),
    ],
  };
}

/** The addresses of this device at which somebody from outside meets a program; all where none is known to listen. */
export function endsListenedOn(facts: Facts, question: InboundFact): readonly InboundEnd[] {
  const listeners = listeningOn(facts, question)?.reachable ?? [];
  const met = question.ends.filter((end) => listeners.some((one) => accepts(one, end, question)));
  return met.length === 0 ? question.ends : met;
}

/** What comes in is taken to come by the interface of the way back, or by that of the address. */
function accepts(listener: ListenerFact, { address, device }: InboundEnd, { back }: InboundFact): boolean {
  if (listener.device !== undefined && listener.device !== (back?.device ?? device)) return false;
  const own = plain(listener.address);
  const family = familyOf(address);
  if (own === '*') return true;
  if (own === '0.0.0.0') return family === 4;
  if (own === '::') return family === 6 || listener.v6only === false;
  return own === canonical(address) || own === `::ffff:${address}`;
}

function plain(address: string): string {
  return canonical(unbracketed(address).replace(/%.*$/, ''));
}

function isWildcard(address: string): boolean {
  return ['0.0.0.0', '::', '*'].includes(plain(address));
}

function isLoopback(address: string): boolean {
  const own = plain(address);
  return own.startsWith('127.') || own === '::1' || own.startsWith('::ffff:127.');
}
