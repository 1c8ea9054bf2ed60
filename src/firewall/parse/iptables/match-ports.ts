import type { Match } from '../../ruleset.js';
import { type Intervals, range } from '../../values/intervals.js';
import { icmpNames, icmpv6Names } from './icmp-names.js';
import { type MatchModule, opaque, type Option, optionText, type RuleContext } from './module.js';
import { compare, masked, number, portList, portRange } from './numbers.js';

/** tcp, udp, udplite, sctp, dccp: source and destination port, and what each has of its own. */
function transport(
  protocol: string,
  own: Readonly<Record<string, number>>,
  more: (option: Option) => Match | undefined,
): MatchModule {
  return {
    options: { 'source-port': 1, sport: 1, 'destination-port': 1, dport: 1, ...own },
    build: (options) => {
      const matches: Match[] = [];
      for (const option of options) {
        const side = portSide(option.name);
        const match = side === undefined ? more(option) : ports(`${protocol} ${side}`, option);
        if (match === undefined) return undefined;
        matches.push(match);
      }
      return matches;
    },
  };
}

function portSide(name: string): 'sport' | 'dport' | undefined {
  if (name === 'sport' || name === 'source-port') return 'sport';
  return name === 'dport' || name === 'destination-port' ? 'dport' : undefined;
}

function ports(field: string, option: Option): Match | undefined {
  const found = portRange(option.args[0] ?? '');
  return found === undefined ? undefined : compare(field, range(found[0], found[1]), option.negated);
}

const flagNames: Readonly<Record<string, number>> = {
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ALL: 63,
  NONE: 0,
};

function flags(text: string | undefined): number | undefined {
  let bits = 0;
  for (const name of (text ?? '').split(',')) {
    const bit = Object.hasOwn(flagNames, name) ? flagNames[name] : undefined;
    if (bit === undefined) return undefined;
    bits |= bit;
  }
  return bits;
}

function tcpOwn(option: Option): Match | undefined {
  if (option.name === 'syn') return masked('tcp flags', 0x17, 0x02, option.negated);
  if (option.name === 'tcp-flags') {
    const mask = flags(option.args[0]);
    const set = flags(option.args[1]);
    return mask === undefined || set === undefined ? undefined : masked('tcp flags', mask, set, option.negated);
  }
  return opaque(`-m tcp ${optionText(option)}`, 'asks for a TCP option');
}

const opaqueOption =
  (name: string) =>
  (option: Option): Match =>
    opaque(`-m ${name} ${optionText(option)}`, `asks for a part of ${name} that is not modelled`);

/** Which field holds the ports: the rule's own protocol, or whatever transport it is. */
function portField(side: 'sport' | 'dport', context: RuleContext): string {
  const names: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 136: 'udplite', 132: 'sctp', 33: 'dccp' };
  return `${(context.protocol === undefined ? undefined : names[context.protocol]) ?? 'th'} ${side}`;
}

const multiport: MatchModule = {
  options: { 'source-ports': 1, sports: 1, 'destination-ports': 1, dports: 1, ports: 1 },
  build: (options, context) => {
    const matches: Match[] = [];
    for (const option of options) {
      const list = portList(option.args[0] ?? '');
      if (list === undefined) return undefined;
      const source = compare(portField('sport', context), list, false);
      const destination = compare(portField('dport', context), list, false);
      if (option.name === 'ports') matches.push({ kind: 'any', of: [source, destination], negated: option.negated });
      else matches.push({ ...(option.name.startsWith('s') ? source : destination), negated: option.negated } as Match);
    }
    return matches;
  },
};

/** One type, all codes unless a code is given; `any` is every packet of the protocol. */
function icmpMatch(family: 'icmp' | 'icmpv6', text: string, negated: boolean): Match | undefined {
  const names = family === 'icmp' ? icmpNames : icmpv6Names;
  const named = Object.hasOwn(names, text) ? names[text] : undefined;
  const [typeText, codeText] = text.split('/');
  const type = named?.[0] ?? number(typeText, 255);
  const code = named === undefined ? number(codeText, 255) : named[1];
  if (type === undefined || (codeText !== undefined && named === undefined && code === undefined)) return undefined;
  // Type 255 with all codes is how "any" is stored (ip_tables: icmp_type_code_match).
  if (type === 255 && family === 'icmp')
    return negated ? { kind: 'any', of: [], negated: false } : { kind: 'all', of: [], negated: false };
  const typeMatch = compare(`${family} type`, range(type, type), false);
  if (code === undefined) return { ...typeMatch, negated } as Match;
  const codes: Intervals = range(code, code);
  return { kind: 'all', of: [typeMatch, compare(`${family} code`, codes, false)], negated };
}

const icmp = (family: 'icmp' | 'icmpv6'): MatchModule => ({
  options: { 'icmp-type': 1, 'icmpv6-type': 1 },
  build: (options) => {
    const matches = options.map((option) => icmpMatch(family, option.args[0] ?? '', option.negated));
    return matches.every((match) => match !== undefined) ? matches : undefined;
  },
});

export const portModules: Readonly<Record<string, MatchModule>> = {
  tcp: transport('tcp', { 'tcp-flags': 2, syn: 0, 'tcp-option': 1 }, tcpOwn),
  udp: transport('udp', {}, () => undefined),
  udplite: transport('udplite', {}, () => undefined),
  sctp: transport('sctp', { 'chunk-types': 2 }, opaqueOption('sctp')),
  dccp: transport('dccp', { 'dccp-types': 1, 'dccp-option': 1 }, opaqueOption('dccp')),
  multiport,
  mport: multiport,
  icmp: icmp('icmp'),
  icmp6: icmp('icmpv6'),
};
