import { decide, type DecisionDetail, type Firewall, type PathStep } from '../../src/firewall/decide.js';
import type { Packet } from '../../src/firewall/packet.js';
import { parseIPv4, parseIPv6 } from '../../src/firewall/values/addresses.js';
import { addressTypes } from '../../src/firewall/values/symbols.js';
import { textOf } from '../../src/firewall/rule-text.js';
import type { TraceEvent } from './kernel.js';
import { devices, own4, own6, type Sent } from './pools.js';
import type { Random } from './random.js';
import type { Truth } from './truth.js';
import { wire } from './wire.js';

const { unicast, local, broadcast } = addressTypes;

function address(text: string): number | bigint {
  return parseIPv4(text) ?? parseIPv6(text) ?? 0;
}

export const localAddresses: ReadonlySet<number | bigint> = new Set([...own4, ...own6].map(address));

function typeOf(text: string): number | undefined {
  if (localAddresses.has(address(text))) return local;
  return text.endsWith('.255') ? broadcast : unicast;
}

/** The packet as somebody would describe it who knows everything about it. */
export function described(sent: Sent, truth: Truth, out: string | undefined): Packet {
  const { shape } = sent;
  const isOutput = sent.device === null;
  const hook = isOutput
    ? 'output'
    : truth.reached.has('forward')
      ? 'forward'
      : truth.reached.has('input')
        ? 'input'
        : localAddresses.has(address(shape.destination)) || shape.destination.endsWith('.255')
          ? 'input'
          : 'forward';
  const hasPorts = shape.protocol === 6 || shape.protocol === 17;
  const isIcmp = shape.protocol === 1 || shape.protocol === 58;
  const bytes = wire(shape);
  const packet: Record<string, unknown> = {
    hook,
    family: shape.family,
    protocol: shape.protocol,
    source: address(shape.source),
    destination: address(shape.destination),
    mark: sent.mark,
    length: bytes.length,
    ttl: shape.ttl,
    dscp: shape.dscp,
    ecn: shape.ecn,
    state: truth.state,
    ctDirection: truth.state === 2 ? truth.ctDirection : undefined,
    ctStatus: truth.ctStatus,
    ctMark: truth.state === 2 ? 0 : undefined,
    time: Math.floor(Date.now() / 1000),
    utcOffset: -60 * new Date().getTimezoneOffset(),
    pkttype: 0,
    sourceType: typeOf(shape.source),
    destinationType: typeOf(shape.destination),
    reversePath: true,
    out,
    in: isOutput ? undefined : devices[sent.device ?? 0],
    sport: hasPorts ? shape.sport : undefined,
    dport: hasPorts ? shape.dport : undefined,
    flags: shape.protocol === 6 ? shape.flags : undefined,
    icmpType: isIcmp ? shape.icmpType : undefined,
    icmpCode: isIcmp ? shape.icmpCode : undefined,
    uid: isOutput ? 0 : undefined,
    gid: isOutput ? 0 : undefined,
    socket: isOutput ? undefined : false,
    fields: {
      // TUN devices are of no type that has hardware addresses (ARPHRD_NONE).
      ...(isOutput ? {} : { 'meta iiftype': 65_534 }),
      'ip frag-off': 0x4000,
      ...typesByDevice(sent),
      ...headerFields(shape, bytes),
      ...(isIcmp ? { 'th dport': bytes.readUInt16BE((shape.family === 4 ? 20 : 40) + 2) } : {}),
    },
  };
  return Object.fromEntries(Object.entries(packet).filter(([, value]) => value !== undefined)) as unknown as Packet;
}

/** Of this machine's own addresses each belongs to one interface: asked about another one they are nobody's. */
function typesByDevice({ device, shape }: Sent): Record<string, number> {
  // Marks lead to no routing table of their own here.
  const [source, destination] = [typeOf(shape.source), typeOf(shape.destination)];
  const marked = {
    ...(source === undefined ? {} : { 'fib saddr mark type': source }),
    ...(destination === undefined ? {} : { 'fib daddr mark type': destination }),
  };
  if (device === null) return marked;
  const own: readonly string[] = shape.family === 4 ? own4 : own6;
  const place = own.indexOf(shape.destination);
  if (place < 0 && !shape.destination.endsWith('.255')) return marked;
  const isThere = place < 0 ? typeOf(shape.destination) : place === device ? local : unicast;
  return isThere === undefined ? marked : { ...marked, 'fib daddr iif type': isThere };
}

/** What only few rules ask of a header, by nft's names. */
function headerFields(shape: Sent['shape'], bytes: Buffer): Record<string, number> {
  const at = shape.family === 4 ? 20 : 40;
  const flow = shape.family === 6 ? { 'ip6 flowlabel': bytes.readUInt32BE(0) & 0xfffff } : {};
  switch (shape.protocol) {
    case 6:
      return {
        ...flow,
        'tcp sequence': bytes.readUInt32BE(at + 4),
        'tcp doff': 5,
        'tcp window': bytes.readUInt16BE(at + 14),
      };
    case 17:
      return { ...flow, 'udp length': bytes.readUInt16BE(at + 4) };
    default:
      return {
        ...flow,
        [shape.family === 4 ? 'icmp id' : 'icmpv6 id']: bytes.readUInt16BE(at + 4),
        [shape.family === 4 ? 'icmp checksum' : 'icmpv6 checksum']: bytes.readUInt16BE(at + 2),
      };
  }
}

const matched = new Set(['match', 'jump', 'goto', 'return', 'accept', 'drop', 'reject', 'queue', 'translate']);

function ofModel(step: PathStep): string | undefined {
  if (step.did === 'policy') return `${step.family} ${step.table} ${step.chain} policy ${step.note ?? ''}`;
  return matched.has(step.did) && step.handle !== undefined
    ? `${step.family} ${step.table} ${step.chain} ${step.handle}`
    : undefined;
}

function ofKernel(event: TraceEvent): string {
  if (event.kind === 'policy') return `${event.family} ${event.table} ${event.chain} policy ${event.verdict}`;
  return `${event.family} ${event.table} ${event.chain} ${event.handle ?? 0}`;
}

/** Rules without any effect of which the model leaves open whether they match are not compared. */
function withoutOpen(kernel: readonly string[], path: readonly PathStep[]): readonly string[] {
  const open = new Set(
    path
      .filter((step) => step.did === 'perhaps')
      .map((step) => `${step.family} ${step.table} ${step.chain} ${step.handle ?? 0}`),
  );
  return open.size === 0 ? kernel : kernel.filter((step) => !open.has(step));
}

export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'different'; readonly how: string };

/** The whole way, rule by rule, where nothing is left to chance; else the verdict and the rule that gave it. */
export function compare(firewall: Firewall, packet: Packet, truth: Truth, open: boolean): Comparison {
  const decision = decide(firewall, packet, { walk: true, localAddresses });
  if (decision.verdict === 'unknown') return { kind: 'unknown', why: decision.why };
  const verdict = verdictDiffers(decision, truth, packet);
  if (verdict !== undefined) return { kind: 'different', how: verdict };
  const indexed = decide(firewall, packet, { localAddresses });
  if (brief(indexed) !== brief(decision))
    return { kind: 'different', how: `with the index ${brief(indexed)}, without ${brief(decision)}` };
  if (open || decision.forked) return { kind: 'same' };
  const model = decision.path.map(ofModel).filter((step) => step !== undefined);
  const kernel = withoutOpen(truth.steps.map(ofKernel), decision.path);
  const at = kernel.findIndex((step, i) => step !== model[i]);
  if (at < 0 && model.length === kernel.length) return { kind: 'same' };
  const place = at < 0 ? kernel.length : at;
  const texts = [kernel[place], model[place]].map((one) => `\n  ${textAt(firewall, one ?? '')}`).join('');
  return {
    kind: 'different',
    how: `step ${place + 1}: kernel ${kernel[place] ?? 'ends'}, model ${model[place] ?? 'ends'}${texts}`,
  };
}

function verdictDiffers(decision: DecisionDetail, truth: Truth, packet: Packet): string | undefined {
  const refused = truth.steps.find((step) => step.verdict === 'drop');
  const refuses = decision.verdict === 'drop' || decision.verdict === 'reject';
  if (refused === undefined) {
    const complete =
      packet.hook === 'output'
        ? truth.reached.has('postrouting')
        : truth.reached.has('input') || truth.reached.has('postrouting');
    return refuses && complete ? `kernel accepts, model: ${decision.verdict} ${decision.why}` : undefined;
  }
  if (!refuses) return `kernel drops at ${ofKernel(refused)}, model: ${decision.verdict} ${decision.why}`;
  if (decision.rule === null && decision.policy === null) return undefined;
  const named =
    decision.rule === null
      ? `${decision.policy?.family ?? ''} ${decision.policy?.table ?? ''} ${decision.policy?.chain ?? ''} policy drop`
      : `${decision.rule.family} ${decision.rule.table} ${decision.rule.chain} ${decision.rule.handle ?? 0}`;
  return named === ofKernel(refused) ? undefined : `kernel drops at ${ofKernel(refused)}, model at ${named}`;
}

function textAt(firewall: Firewall, step: string): string {
  const [family, name, chain, handle] = step.split(' ');
  const table = firewall.workshop.ruleset.tables.find((one) => one.family === family && one.name === name);
  for (const rule of table?.chains.get(chain ?? '')?.rules ?? [])
    if (`${rule.handle ?? 0}` === handle) return textOf(rule);
  return step;
}

const optional = [
  'protocol',
  'source',
  'destination',
  'sport',
  'dport',
  'in',
  'out',
  'state',
  'flags',
  'mark',
  'uid',
  'gid',
  'icmpType',
  'icmpCode',
  'length',
  'ttl',
  'dscp',
  'ecn',
  'pkttype',
  'time',
  'sourceType',
  'destinationType',
  'reversePath',
  'socket',
  'fields',
  'ctStatus',
  'ctDirection',
  'ctMark',
] as const;

/** The same packet, described by somebody who knows less. */
export function lessKnown(packet: Packet, random: Random): Packet {
  const missing = new Set<string>(random.some(optional, random.pick([1, 1, 2, 3, 8])));
  return Object.fromEntries(Object.entries(packet).filter(([key]) => !missing.has(key))) as unknown as Packet;
}

/** What is said of a packet that is not fully known must be true of it: unknown, or what the kernel did. */
export function comparePartly(firewall: Firewall, packet: Packet, truth: Truth): Comparison {
  const decision = decide(firewall, packet);
  if (decision.verdict === 'unknown') return { kind: 'unknown', why: decision.why };
  const verdict = verdictDiffers(decision, truth, packet);
  return verdict === undefined ? { kind: 'same' } : { kind: 'different', how: `partly known: ${verdict}` };
}

function brief({ verdict, rule, policy, to, why }: DecisionDetail): string {
  return JSON.stringify({ verdict, rule, policy, to, why });
}
