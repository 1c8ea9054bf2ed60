import type { Assignment, Expression, FieldValue, Part, Verdict } from '../../ruleset.js';
import { icmpCodeNames } from './icmp-names.js';
import { type Option, optionText, type RuleContext } from './module.js';
import { natTarget } from './targets-nat.js';
import { number, valueAndMask } from './numbers.js';

export interface Target {
  readonly name: string;
  readonly options: readonly Option[];
}

/** How many words follow each option of each target (iptables-extensions(8)). A target that is not here is unknown. */
export const targetOptions: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ACCEPT: {},
  DROP: {},
  RETURN: {},
  QUEUE: {},
  NOTRACK: {},
  TRACE: {},
  NFQUEUE: { 'queue-num': 1, 'queue-balance': 1, 'queue-bypass': 0, 'queue-cpu-fanout': 0 },
  REJECT: { 'reject-with': 1 },
  MARK: { 'set-xmark': 1, 'set-mark': 1, 'and-mark': 1, 'or-mark': 1, 'xor-mark': 1 },
  CONNMARK: {
    'set-xmark': 1,
    'set-mark': 1,
    'and-mark': 1,
    'or-mark': 1,
    'xor-mark': 1,
    'save-mark': 0,
    'restore-mark': 0,
    nfmask: 1,
    ctmask: 1,
    mask: 1,
    'left-shift-mark': 1,
    'right-shift-mark': 1,
  },
  DNAT: { 'to-destination': 1, random: 0, persistent: 0 },
  SNAT: { 'to-source': 1, random: 0, 'random-fully': 0, persistent: 0 },
  MASQUERADE: { 'to-ports': 1, random: 0, 'random-fully': 0 },
  REDIRECT: { 'to-ports': 1, random: 0 },
  NETMAP: { to: 1 },
  TPROXY: { 'on-port': 1, 'on-ip': 1, 'tproxy-mark': 1 },
  CT: { notrack: 0, helper: 1, ctevents: 1, expevents: 1, zone: 1, 'zone-orig': 1, 'zone-reply': 1, timeout: 1 },
  SET: { 'add-set': 2, 'del-set': 2, 'map-set': 2, exist: 0, timeout: 1, 'map-mark': 0, 'map-prio': 0, 'map-queue': 0 },
  TTL: { 'ttl-set': 1, 'ttl-dec': 1, 'ttl-inc': 1 },
  HL: { 'hl-set': 1, 'hl-dec': 1, 'hl-inc': 1 },
  DSCP: { 'set-dscp': 1, 'set-dscp-class': 1 },
  TOS: { 'set-tos': 1, 'and-tos': 1, 'or-tos': 1, 'xor-tos': 1 },
  HMARK: {},
};

/** Targets that leave the packet where it is and as it is, as far as any rule can see. */
const harmless: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  LOG: {
    'log-prefix': 1,
    'log-level': 1,
    'log-tcp-sequence': 0,
    'log-tcp-options': 0,
    'log-ip-options': 0,
    'log-uid': 0,
    'log-macdecode': 0,
  },
  NFLOG: { 'nflog-group': 1, 'nflog-prefix': 1, 'nflog-range': 1, 'nflog-size': 1, 'nflog-threshold': 1 },
  ULOG: { 'ulog-nlgroup': 1, 'ulog-prefix': 1, 'ulog-cprange': 1, 'ulog-qthreshold': 1 },
  AUDIT: { type: 1 },
  CHECKSUM: { 'checksum-fill': 0 },
  CLASSIFY: { 'set-class': 1 },
  IDLETIMER: { timeout: 1, label: 1, alarm: 0 },
  LED: { 'led-trigger-id': 1, 'led-delay': 1, 'led-always-blink': 0 },
  RATEEST: { 'rateest-name': 1, 'rateest-interval': 1, 'rateest-ewmalog': 1 },
  SECMARK: { selctx: 1 },
  CONNSECMARK: { save: 0, restore: 0 },
  TCPMSS: { 'set-mss': 1, 'clamp-mss-to-pmtu': 0 },
  TCPOPTSTRIP: { 'strip-options': 1 },
  TEE: { gateway: 1, oif: 1 },
  ECN: { 'ecn-tcp-remove': 0 },
};

export function optionsOfTarget(name: string): Readonly<Record<string, number>> | undefined {
  if (Object.hasOwn(targetOptions, name)) return targetOptions[name];
  return Object.hasOwn(harmless, name) ? harmless[name] : undefined;
}

const all32 = 0xffffffff;
const unsigned = (value: number): number => value >>> 0;

/** What a target does to the packet; undefined when an option is not understood. */
export function targetParts(target: Target, context: RuleContext): Part[] | undefined {
  const { name, options } = target;
  const text = [name, ...options.map(optionText)].join(' ');
  if (Object.hasOwn(harmless, name)) return [{ kind: 'note', what: name }];
  const value = (option: string): string | undefined => options.find((one) => one.name === option)?.args[0];
  const has = (option: string): boolean => options.some((one) => one.name === option);
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return verdict({ to: name.toLowerCase() as 'accept' | 'drop' | 'return' });
    case 'QUEUE':
      return verdict({ to: 'queue', queue: '0', bypass: false });
    case 'NFQUEUE':
      return verdict({
        to: 'queue',
        queue: (value('queue-balance') ?? value('queue-num') ?? '0').replace(':', '-'),
        bypass: has('queue-bypass'),
      });
    case 'REJECT':
      return reject(value('reject-with'), context);
    case 'TRACE':
      return [{ kind: 'note', what: name }];
    case 'NOTRACK':
      return [{ kind: 'notrack' }];
    case 'CT':
      return has('notrack') ? [{ kind: 'notrack' }] : [{ kind: 'note', what: name }];
    case 'MARK':
      return assignedMark('meta mark', options);
    case 'CONNMARK':
      return connmark(options);
    case 'SET':
      return setTarget(options, text);
    case 'TTL':
    case 'HL':
    case 'DSCP':
    case 'TOS':
      return headerTarget(name, options, context);
    case 'HMARK':
      return [assign('meta mark', { kind: 'unknown', why: 'HMARK sets it by a hash' })];
    default:
      return natTarget(target, context, text);
  }
}

function verdict(found: Verdict): Part[] {
  return [{ kind: 'verdict', verdict: found }];
}

function assign(target: string, value: Expression): Assignment {
  return { kind: 'assign', target, value, lenient: true };
}

function reject(how: string | undefined, context: RuleContext): Part[] | undefined {
  const given = how ?? (context.family === 'ip' ? 'icmp-port-unreachable' : 'icmp6-port-unreachable');
  const name = Object.hasOwn(icmpCodeNames, given) ? icmpCodeNames[given] : undefined;
  return name === undefined ? undefined : verdict({ to: 'reject', with: name });
}

/** mark = (mark & ~mask) ^ value: what --set-xmark does, and all other spellings come down to. */
export function markExpression(field: string, value: number, mask: number): Expression {
  if (mask === all32) return { kind: 'range', low: value, high: value };
  return {
    kind: 'field',
    value: {
      field,
      bits: [
        { operation: '&', operand: unsigned(~mask) },
        { operation: '^', operand: value },
      ],
    },
  };
}

function assignedMark(field: string, options: readonly Option[]): Part[] | undefined {
  const option = options[0];
  const found = valueAndMask(option?.args[0]);
  if (option === undefined || found === undefined || options.length !== 1) return undefined;
  const [value, mask] = found;
  switch (option.name) {
    case 'set-xmark':
      return [assign(field, markExpression(field, value, mask))];
    case 'set-mark':
      return [assign(field, markExpression(field, value, unsigned(value | mask)))];
    case 'and-mark':
      return [assign(field, markExpression(field, 0, unsigned(~value)))];
    case 'or-mark':
      return [assign(field, markExpression(field, value, value))];
    case 'xor-mark':
      return [assign(field, markExpression(field, value, 0))];
    default:
      return undefined;
  }
}

function connmark(options: readonly Option[]): Part[] | undefined {
  const has = (name: string): boolean => options.some((option) => option.name === name);
  if (has('left-shift-mark') || has('right-shift-mark')) return undefined;
  if (!has('save-mark') && !has('restore-mark')) return assignedMark('ct mark', options);
  const value = (name: string): number | undefined =>
    number(options.find((option) => option.name === name)?.args[0] ?? '0xffffffff');
  const shared = value('mask');
  const nfmask = has('mask') ? shared : value('nfmask');
  const ctmask = has('mask') ? shared : value('ctmask');
  if (nfmask === undefined || ctmask === undefined) return undefined;
  const saves = has('save-mark');
  const [target, source] = saves ? ['ct mark', 'meta mark'] : ['meta mark', 'ct mark'];
  const [keep, take] = saves ? [unsigned(~ctmask), nfmask] : [unsigned(~nfmask), ctmask];
  const part = (field: string, mask: number): FieldValue =>
    mask === all32 ? { field } : { field, bits: [{ operation: '&', operand: mask }] };
  if (keep === 0) return [assign(target ?? '', { kind: 'field', value: part(source ?? '', take) })];
  return [
    assign(target ?? '', {
      kind: 'both',
      operation: '^',
      values: [part(target ?? '', keep), part(source ?? '', take)],
    }),
  ];
}

/** A later match on the set that is written here is no longer certain; map-set takes the mark from the set. */
function setTarget(options: readonly Option[], text: string): Part[] {
  const parts: Part[] = [];
  for (const option of options) {
    const set = option.args[0];
    if (set === undefined) continue;
    if (option.name === 'map-set')
      parts.push(assign('meta mark', { kind: 'unknown', why: `the set ${set} gives the mark` }));
    else if (option.name.endsWith('-set'))
      parts.push({
        kind: 'update',
        set: `ipset ${set}`,
        key: [],
        sure: false,
        removes: option.name === 'del-set',
        text,
      });
  }
  return parts;
}

function headerTarget(name: string, options: readonly Option[], context: RuleContext): Part[] {
  const option = options[0];
  const value = number(option?.args[0], 255);
  const fields: Readonly<Record<string, string>> = {
    TTL: 'ip ttl',
    HL: 'ip6 hoplimit',
    DSCP: `${context.family} dscp`,
    TOS: `${context.family} dscp`,
  };
  const field = fields[name] ?? '';
  const sets = option?.name === 'ttl-set' || option?.name === 'hl-set' || option?.name === 'set-dscp';
  if (sets && value !== undefined) return [assign(field, { kind: 'range', low: value, high: value })];
  const why = `${name} changes it`;
  const parts: Part[] = [assign(field, { kind: 'unknown', why })];
  if (name === 'TOS') parts.push(assign(`${context.family} ecn`, { kind: 'unknown', why }));
  return parts;
}
