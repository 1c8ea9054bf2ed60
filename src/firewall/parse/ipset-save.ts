import type { IpSet, IpSetMember, IpSetPart, Problem } from '../ruleset.js';
import { parseIPv4, parseIPv6, prefixRange } from '../values/addresses.js';
import { protocols, services } from '../values/symbols.js';
import { parseText } from '../values/parse-value.js';
import { icmpNames, icmpv6Names } from './iptables/icmp-names.js';
import { number } from './iptables/numbers.js';

export interface IpsetDump {
  readonly sets: ReadonlyMap<string, IpSet>;
  readonly problems: readonly Problem[];
}

const longestComment = 120;

interface OpenSet {
  name: string;
  type: string;
  dimensions: readonly string[];
  family: 'inet' | 'inet6' | 'none';
  members: IpSetMember[];
  unsure: string | undefined;
}

/** Reads `ipset save`: `create NAME TYPE OPTIONS` and `add NAME ELEMENT OPTIONS` (ipset(8)). */
export function parseIpsetSave(text: string): IpsetDump {
  const open = new Map<string, OpenSet>();
  const problems: Problem[] = [];
  let at = 0;
  for (const raw of text.split('\n')) {
    at++;
    // A comment may hold any word, `nomatch` too; a quote it may not hold (ipset(8)).
    const comment = / comment "([^"]*)"/.exec(raw)?.[1];
    const line = raw.replace(/ comment "[^"]*"/, '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const what = ipsetLine(line, open, comment?.slice(0, longestComment));
    if (what !== undefined && problems.length < 1000)
      problems.push({ where: `line ${at} (ipset)`, what, fatal: false });
  }
  const sets = new Map<string, IpSet>();
  for (const { name, type, family, members, unsure } of open.values()) {
    sets.set(name, { name, type, family, members, ...(unsure === undefined ? {} : { unsure }) });
  }
  return { sets, problems };
}

export function isIpsetLine(line: string): boolean {
  return /^(create|add) \S+ \S/.test(line);
}

function ipsetLine(line: string, sets: Map<string, OpenSet>, comment: string | undefined): string | undefined {
  const words = line.split(/\s+/);
  const [command, name = '', third = ''] = words;
  if (command === 'create') return create(name, third, words.slice(3), sets);
  const set = sets.get(name);
  if (command !== 'add') return 'the line is not understood';
  if (set === undefined) return `set ${name.slice(0, 60)} was not created`;
  const member = memberOf(third, words.slice(3), set, comment);
  if (member !== undefined) {
    set.members.push(member);
    return undefined;
  }
  set.unsure ??= `element ${third.slice(0, 60)} is not understood`;
  return `element ${third.slice(0, 60)} of set ${name} is not understood`;
}

const knownDimensions = new Set(['ip', 'net', 'port', 'iface', 'mark', 'mac', 'set']);

function create(
  name: string,
  type: string,
  options: readonly string[],
  sets: Map<string, OpenSet>,
): string | undefined {
  const dimensions = type.slice(type.indexOf(':') + 1).split(',');
  const familyOption = options[options.indexOf('family') + 1];
  const family = !options.includes('family')
    ? type.startsWith('bitmap:ip')
      ? 'inet'
      : 'none'
    : familyOption === 'inet6'
      ? 'inet6'
      : 'inet';
  const known = dimensions.every((dimension) => knownDimensions.has(dimension));
  const masked = options.includes('netmask') || options.includes('bitmask') || options.includes('markmask');
  const unsure = !known ? `type ${type} is not known` : masked ? 'it keeps only a part of each address' : undefined;
  sets.set(name, { name, type, dimensions, family, members: [], unsure });
  return unsure === undefined ? undefined : `set ${name.slice(0, 60)}: ${unsure}`;
}

function memberOf(
  element: string,
  options: readonly string[],
  set: OpenSet,
  comment: string | undefined,
): IpSetMember | undefined {
  const words = element.split(',');
  // `192.0.2.1,tcp:80` and `[2001:db8::1]`-free IPv6: commas stand only between the parts.
  if (words.length !== set.dimensions.length) return undefined;
  const parts: IpSetPart[] = [];
  for (const [i, word] of words.entries()) {
    const part = partOf(word, set.dimensions[i] ?? '');
    if (part === undefined) return undefined;
    parts.push(part);
  }
  // Of an element `timeout` is what is left of it; 0 is for ever (ipset(8)).
  const left = options.includes('timeout') ? Number(options[options.indexOf('timeout') + 1]) : 0;
  const notes = { ...(comment !== undefined && { comment }), ...(left > 0 && { left }) };
  const isNoted = Object.keys(notes).length > 0;
  return { parts, nomatch: options.includes('nomatch'), text: element, ...(isNoted && { notes }) };
}

function partOf(word: string, dimension: string): IpSetPart | undefined {
  switch (dimension) {
    case 'ip':
    case 'net':
      return addressPart(word);
    case 'port':
      return portPart(word);
    case 'iface': {
      // `physdev:eth0` asks for the port of a bridge.
      return word.startsWith('physdev:') ? undefined : { kind: 'interface', name: word };
    }
    case 'mark': {
      const value = number(word);
      return value === undefined ? undefined : { kind: 'mark', value };
    }
    case 'mac': {
      const value = parseText(word.toLowerCase(), 'ether');
      return typeof value === 'number' ? { kind: 'mac', value } : undefined;
    }
    case 'set':
      return { kind: 'set', name: word };
    default:
      return undefined;
  }
}

function addressPart(word: string): IpSetPart | undefined {
  const [base = '', length, more] = word.split('/');
  if (more !== undefined) return undefined;
  const [first, last] = base.split('-');
  const low = parseIPv4(first ?? '') ?? parseIPv6(first ?? '');
  if (low === undefined) return undefined;
  if (last !== undefined) {
    const high = parseIPv4(last) ?? parseIPv6(last);
    return high === undefined || high < low || length !== undefined ? undefined : { kind: 'address', low, high };
  }
  if (length === undefined) return { kind: 'address', low, high: low };
  const found = /^\d{1,3}$/.test(length) ? prefixRange(low, Number(length)) : undefined;
  return found === undefined ? undefined : { kind: 'address', low: found[0], high: found[1] };
}

/** `80`, `80-90` (bitmaps, any protocol), `tcp:80`, `icmp:echo-request`, `icmp:3/1`, `gre:0`. */
function portPart(word: string): IpSetPart | undefined {
  const colon = word.indexOf(':');
  const protocol = colon < 0 ? null : (protocols[word.slice(0, colon)] ?? number(word.slice(0, colon), 255));
  if (protocol === undefined) return undefined;
  const text = word.slice(colon + 1);
  if (protocol === 1 || protocol === 58) {
    const found = icmpPort(text, protocol);
    return found === undefined ? undefined : { kind: 'port', protocol, low: found, high: found };
  }
  const [low, high] = text
    .split('-')
    .map((one) => number(one, 65_535) ?? (Object.hasOwn(services, one) ? services[one] : undefined));
  if (low === undefined) return undefined;
  return { kind: 'port', protocol, low, high: text.includes('-') ? (high ?? low) : low };
}

function icmpPort(text: string, protocol: number): number | undefined {
  const names = protocol === 1 ? icmpNames : icmpv6Names;
  const named = Object.hasOwn(names, text) ? names[text] : undefined;
  if (named !== undefined) return named[0] * 256 + (named[1] ?? 0);
  const [type, code] = text.split('/').map((one) => number(one, 255));
  return type === undefined || code === undefined ? undefined : type * 256 + code;
}
