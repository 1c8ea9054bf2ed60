import { familyOf, hostPort } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import { interfaceSetting } from '../../model/interface-setting.js';
import { denyingSetting } from '../../model/unit-access.js';
import { processName } from '../evidence/listener-evidence.js';
import { ruleCulprit } from '../evidence/rule-culprit.js';
import { stopFrom } from '../evidence/read-rules.js';
import { listeningOn } from './listening.js';
import type { Obstacle } from './obstacle.js';
import { ledElsewhere, ruleEvidence } from './rules.js';

/** What the rules let in or lead elsewhere, and the kernel, a program in it or a stopped program keeps all the same. */
export const beyondRules: readonly ((facts: Facts, question: InboundFact) => Obstacle | null)[] = [
  ledToLoopback,
  ledAndNotForwarded,
  deniedByUnit,
];

interface Place {
  readonly led: NonNullable<ReturnType<typeof ledElsewhere>>;
  readonly address: string;
}

/** Somebody from outside is led there; null for what this device sends itself. */
function ledPlace(facts: Facts, { back, ends }: InboundFact): Place | null {
  const led = ledElsewhere(facts);
  const [, six, four] = /^(?:\[([0-9a-f:.]+)\]|([\d.]+))(?::\d+)?$/i.exec(led?.to ?? '') ?? [];
  const address = six ?? four;
  const isOwn = back?.type === 'local' || ends.some((end) => end.device === 'lo');
  // TPROXY only chooses the socket: the packet keeps its destination, and needs neither setting (nf_tproxy_ipv4.c).
  const isKept = /\btproxy\b/i.test(led?.decision.rule?.text ?? '');
  return led?.decision.verdict !== 'redirect' || address === undefined || isOwn || isKept ? null : { led, address };
}

/** ip_route_input_slow: what comes by an interface without route_localnet may have no destination of 127.0.0.0/8. */
function ledToLoopback(facts: Facts, question: InboundFact): Obstacle | null {
  const place = ledPlace(facts, question);
  const { toLoopback, ends, back, port } = question;
  if (!place?.address.startsWith('127.') || toLoopback === undefined || toLoopback.length > 0) return null;
  const stop = stopFrom(place.led.decision, facts);
  const device = back?.device ?? ends[0]?.device ?? 'all';
  return {
    cause: 'connection-redirected',
    side: 'this-device',
    stage: 'connect',
    certainty: stop !== null && place.led.decision.assumed === undefined ? 'confirmed' : 'likely',
    ...(stop ? { culprit: ruleCulprit(stop) } : {}),
    summary: `A rule of this computer leads what comes in on port ${port} to ${place.led.to}, and there nothing from outside is let in: this computer takes it as forged.`,
    advice: `let the program listen on the computer's own address, or let the rule lead to a port of it (redirect); sudo sysctl -w ${interfaceSetting(device, 'route_localnet')}=1 lets others in to what listens on 127.0.0.1`,
    evidence: [
      ...(stop ? [ruleEvidence(stop, question)] : []),
      {
        fact: 'inbound',
        says: 'route_localnet is off for every interface by which they may come, so a destination of 127.0.0.0/8 is dropped',
      },
    ],
  };
}

function ledAndNotForwarded(facts: Facts, question: InboundFact): Obstacle | null {
  const place = ledPlace(facts, question);
  const { notForwarded, ends, port } = question;
  if (!place || notForwarded === undefined || place.address.startsWith('127.')) return null;
  const family = familyOf(place.address);
  const isHere = (fact(facts, 'device.interfaces') ?? []).some((one) =>
    one.addresses.some((own) => own.address === place.address),
  );
  const ways = ends.filter((end) => familyOf(end.address) === family);
  const off = notForwarded.filter((one) => one.family === family);
  const [first] = off;
  if (isHere || !first || !ways.every(({ device }) => off.some((one) => one.device === device))) return null;
  const stop = stopFrom(place.led.decision, facts);
  return {
    cause: 'no-route',
    side: 'this-device',
    stage: 'route',
    certainty: place.led.decision.assumed === undefined ? 'confirmed' : 'likely',
    culprit: { kind: 'setting', name: first.setting },
    summary: `A rule leads what comes in on port ${port} to ${place.led.to}, and this computer is set to pass nothing on.`,
    advice: `sudo sysctl -w ${first.setting}=1 lets it pass packets on (Docker and Podman set that when they start)`,
    evidence: [
      ...(stop ? [ruleEvidence(stop, question)] : []),
      { fact: 'inbound', says: `${first.setting} is 0: what is for another machine ends here` },
    ],
  };
}

/** systemd's program holds the lists of the unit and of all above; other programs' lists nobody here can read. */
function deniedByUnit(_facts: Facts, { programs = [], settings = [], from }: InboundFact): Obstacle | null {
  const bound = programs.findLast(({ name }) => name.startsWith('sd_fw_'));
  const line = bound === undefined || from === null ? null : denyingSetting(settings, from);
  if (!line || !bound || line.name !== 'IPAddressDeny') return null;
  return {
    cause: 'app-policy',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    culprit: {
      kind: 'policy',
      name: `BPF ingress program "${bound.name}" of ${bound.at}`,
      owner: 'systemd',
      location: line.location,
    },
    summary: `The unit ${line.unit} forbids its program to hear from ${from ?? 'others'}: what they send is dropped behind the firewall.`,
    advice: `the line that forbids it is ${line.location}: ${line.name}=${line.value}; IPAddressAllow=${from ?? ''} beside it would let them in`,
    evidence: [
      { fact: 'inbound', says: `${line.location} says ${line.name}=${line.value} of ${line.unit}` },
      { fact: 'inbound', says: `in force for that program: BPF ${bound.hook} program "${bound.name}" of ${bound.at}` },
    ],
  };
}

/** The kernel goes on taking connections for a stopped program. Others may share its socket: so it is no more than likely. */
export function allStopped(facts: Facts, question: InboundFact): Obstacle | null {
  const stopped = new Set((question.stopped ?? []).map(({ pid }) => pid));
  const listening = listeningOn(facts, question)?.reachable ?? [];
  const [first] = listening;
  if (!first || question.protocol === 'udp' || !listening.every(({ pid }) => pid !== null && stopped.has(pid)))
    return null;
  return {
    cause: 'server-not-responding',
    side: 'this-device',
    stage: 'service',
    certainty: 'likely',
    culprit: { kind: 'process', name: first.process ?? `process ${first.pid}`, address: first.address },
    summary: `${processName(first)} on port ${question.port} is stopped: connections are taken, and nobody answers them.`,
    advice: `sudo kill -CONT ${first.pid} lets it run on; find out who stopped it (a debugger, Ctrl+Z)`,
    evidence: [{ fact: 'inbound', says: `the kernel says of process ${first.pid}: stopped (T)` }],
  };
}

/**
 * Programs in the kernel of which nobody can say here what they let in. systemd's one enforces the lines of the unit's files;
 * where those were not found it may enforce others, or only count.
 */
export function unreadPrograms({ programs = [], settings = [], from }: InboundFact): readonly string[] {
  const isRead = settings.length > 0 && (from !== null || settings.every(({ name }) => name === 'IPAddressAllow'));
  return programs
    .filter(({ name }) => !isRead || !name.startsWith('sd_fw_'))
    .map(({ hook, name, id, at }) => `BPF ${hook} program ${name === '' ? id : `"${name}"`} of ${at}`);
}

/** Whom it keeps out all the same, in plain words; empty where nobody. */
export function reservations(facts: Facts, question: InboundFact): readonly string[] {
  const { strict, back, from, ends, stopped = [] } = question;
  const listening = listeningOn(facts, question)?.reachable ?? [];
  const words: string[] = [];
  const others = strict.filter((name) => name !== back?.device);
  if (from !== null && back?.device && others.length > 0 && !ends.some(({ device }) => device === back.device))
    words.push(
      `only what comes in by ${back.device} is let in: by ${others.join(' or ')}, where the address is, ${from} is dropped (rp_filter), for the way back leads by ${back.device}`,
    );
  const held = listening.find(({ pid }) => stopped.some((one) => one.pid === pid));
  if (held)
    words.push(
      `${processName(held)} listens there too and is stopped: connections that the kernel hands to it are never answered`,
    );
  return words;
}

/** "192.168.7.21:8080 alone", where the program takes nothing at another address that others know. */
export function addressAlone(facts: Facts, question: InboundFact): string | null {
  const listening = listeningOn(facts, question)?.reachable ?? [];
  const [first] = listening;
  const taken = new Set(listening.map(({ address }) => address));
  if (!first || taken.size > 1 || !question.ends.some(({ address }) => address === first.address)) return null;
  const left = question.ends.filter(
    ({ address }) => familyOf(address) === familyOf(first.address) && address !== first.address,
  );
  return left.length === 0 ? null : `${hostPort(first.address, first.port)} alone`;
}
