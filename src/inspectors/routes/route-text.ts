/** Routes and policy rules as `ip` prints them, from what it says in JSON. */
import { type IpObject, numberOf, textOf } from '../ip/ip-command.js';

const MAX_TEXT = 200;
const numbered = ['metric', 'mtu'] as const;

export function routeText(route: IpObject): string {
  const type = textOf(route['type']);
  const words = [
    ...(type === null || type === 'unicast' ? [] : [type]),
    textOf(route['dst']) ?? 'default',
    ...pair(route, 'gateway', 'via'),
    ...pair(route, 'dev', 'dev'),
    ...pair(route, 'table', 'table'),
    ...pair(route, 'protocol', 'proto'),
    ...pair(route, 'scope', 'scope'),
    ...pair(route, 'prefsrc', 'src'),
    ...numbered.flatMap((key) => pair(route, key, key)),
  ];
  return words.join(' ').slice(0, MAX_TEXT);
}

function pair(object: IpObject, key: string, word: string): string[] {
  const value = textOf(object[key]) ?? numberOf(object[key]);
  return value === null ? [] : [word, String(value)];
}

/** Keys whose word in the text differs. */
const words: Readonly<Record<string, string>> = { suppress_prefixlen: 'suppress_prefixlength' };

const printed: ReadonlySet<string> = new Set([
  'priority',
  'not',
  'src',
  'srclen',
  'dst',
  'dstlen',
  'uid_start',
  'uid_end',
  'table',
  'action',
  'fwmark',
  'fwmask',
  'sport_start',
  'sport_end',
  'dport_start',
  'dport_end',
]);

/** `32765: from all to 203.0.113.0/24 uidrange 1000-1000 lookup 77`. Selectors that are not known here keep their own names. */
export function ruleText(rule: IpObject): string {
  const action = textOf(rule['action']);
  const uid = numberOf(rule['uid_start']);
  const mask = textOf(rule['fwmask']);
  const mark = textOf(rule['fwmark']);
  const parts = [
    `${numberOf(rule['priority']) ?? 0}:`,
    ...('not' in rule ? ['not'] : []),
    'from',
    prefix(rule, 'src') ?? 'all',
    ...('dst' in rule ? ['to', prefix(rule, 'dst') ?? 'all'] : []),
    ...(uid === null ? [] : ['uidrange', `${uid}-${numberOf(rule['uid_end']) ?? uid}`]),
    ...(mark === null ? [] : ['fwmark', mask === null ? mark : `${mark}/${mask}`]),
    ...Object.keys(rule)
      .filter((key) => !printed.has(key))
      .flatMap((key) => pair(rule, key, words[key] ?? key)),
    ...ports(rule, 'sport'),
    ...ports(rule, 'dport'),
    ...(action === null || action === 'to_tbl' ? pair(rule, 'table', 'lookup') : [action]),
  ];
  return parts.join(' ').slice(0, MAX_TEXT);
}

function ports(rule: IpObject, key: 'sport' | 'dport'): string[] {
  const [low, high] = [numberOf(rule[`${key}_start`]), numberOf(rule[`${key}_end`])];
  return low === null || high === null ? [] : [key, `${low}-${high}`];
}

function prefix(rule: IpObject, key: 'src' | 'dst'): string | null {
  const address = textOf(rule[key]);
  const length = numberOf(rule[`${key}len`]);
  return address === null || length === null ? address : `${address}/${length}`;
}
