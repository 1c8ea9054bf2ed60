import type { Match } from '../../ruleset.js';
import { range, single } from '../../values/intervals.js';
import { dscps, packetTypes } from '../../values/symbols.js';
import { parseText } from '../../values/parse-value.js';
import { type MatchModule, type Option, type RuleContext } from './module.js';
import { compare, masked, number, numberRange, valueAndMask } from './numbers.js';

/** A module whose every option becomes one match on its own. */
function each(
  options: Readonly<Record<string, number>>,
  one: (option: Option, context: RuleContext) => Match | undefined,
): MatchModule {
  return {
    options,
    build: (given, context) => {
      const matches = given.map((option) => one(option, context));
      return matches.every((match) => match !== undefined) ? matches : undefined;
    },
  };
}

function ttl(option: Option, context: RuleContext): Match | undefined {
  const value = number(option.args[0], 255);
  const field = context.family === 'ip' ? 'ip ttl' : 'ip6 hoplimit';
  if (value === undefined) return undefined;
  const way = option.name.slice(option.name.indexOf('-') + 1);
  if (way === 'lt') return compare(field, range(0, value - 1), option.negated);
  return compare(field, way === 'gt' ? range(value + 1, 255) : single(value), option.negated);
}

const ttlOptions = { 'ttl-eq': 1, 'ttl-lt': 1, 'ttl-gt': 1, ttl: 1, 'hl-eq': 1, 'hl-lt': 1, 'hl-gt': 1, hl: 1 };

function dscp(option: Option, context: RuleContext): Match | undefined {
  const text = option.args[0] ?? '';
  const value = option.name === 'dscp-class' ? dscps[text.toLowerCase()] : number(text, 63);
  return value === undefined ? undefined : compare(`${context.family} dscp`, single(value), option.negated);
}

/** The old octet: six bits of DSCP, two of ECN. */
function tos(option: Option, context: RuleContext): Match | undefined {
  const found = valueAndMask(option.args[0]);
  if (found === undefined) return undefined;
  const [value, mask] = [found[0] & 0xff, found[1] & 0xff];
  const of: Match[] = [];
  if (mask >> 2 !== 0) of.push(masked(`${context.family} dscp`, mask >> 2, value >> 2, false));
  if ((mask & 3) !== 0) of.push(masked(`${context.family} ecn`, mask & 3, value & 3, false));
  return (value & ~mask) === 0 ? { kind: 'all', of, negated: option.negated } : undefined;
}

function ecn(option: Option, context: RuleContext): Match | undefined {
  if (option.name === 'ecn-tcp-ece') return masked('tcp flags', 0x40, 0x40, option.negated);
  if (option.name === 'ecn-tcp-cwr') return masked('tcp flags', 0x80, 0x80, option.negated);
  const value = number(option.args[0], 3);
  return value === undefined ? undefined : compare(`${context.family} ecn`, single(value), option.negated);
}

export const packetModules: Readonly<Record<string, MatchModule>> = {
  ttl: each(ttlOptions, ttl),
  hl: each(ttlOptions, ttl),
  dscp: each({ dscp: 1, 'dscp-class': 1 }, dscp),
  tos: each({ tos: 1 }, tos),
  ecn: each({ 'ecn-ip-ect': 1, 'ecn-tcp-ece': 0, 'ecn-tcp-cwr': 0 }, ecn),
  pkttype: each({ 'pkt-type': 1 }, (option) => {
    const name = (option.args[0] ?? '').toLowerCase();
    const value = Object.hasOwn(packetTypes, name) ? packetTypes[name] : number(name, 7);
    return value === undefined ? undefined : compare('meta pkttype', single(value), option.negated);
  }),
  length: each({ length: 1 }, (option) => {
    const found = numberRange(option.args[0] ?? '', 65535);
    return found === undefined ? undefined : compare('meta length', found, option.negated);
  }),
  mac: each({ 'mac-source': 1 }, (option) => {
    const value = parseText((option.args[0] ?? '').toLowerCase(), 'ether');
    return value === undefined ? undefined : compare('ether saddr', single(value), option.negated);
  }),
};
