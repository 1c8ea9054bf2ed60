import { hostPort } from '../model/address.js';
import type { Report } from '../model/report.js';
import type { Culprit, RuleReference } from '../model/words.js';
import { clean } from './clean.js';
import { ledOn } from './led-on.js';

/** The exact culprit, for those who know such things: its kind, name, place and owner. Null when it would say nothing new. */
export function culpritLine(report: Report): string | null {
  const { culprit } = report.verdict;
  if (!culprit) return null;
  if (culprit.rule) return ruleLine(culprit, culprit.rule);
  if (culprit.kind === 'file') return fileLine(culprit);
  if (culprit.kind === 'signature') return signatureLine(culprit);
  const what = saidAlready(culprit, report) ? '' : subject(culprit, report);
  const parts = [what, owner(culprit), what === '' && isCalled(culprit) ? '' : place(culprit)].filter(
    (part) => part !== '',
  );
  const line = parts.join(', ');
  const sentence = line.replace(
    /^(?:no|of|set|behind|your|some\w*|a|an|the) /,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return line === '' ? null : `${sentence}${line.endsWith('.') || endsInUrl.test(line) ? '' : '.'}`;
}

/** Whoever copies it, or clicks on it in a terminal, would take a full stop for a part of it. */
const endsInUrl = /(?:^| )https?:\/\/\S+$/;
/** Portals put who asks, and where it was meant to go, into the query. Cut off, it leads nowhere. */
const longestUrl = 1_000;

function ruleLine(culprit: Culprit, rule: RuleReference): string {
  const where = placeOfRule(rule);
  if (isInOwnersWords(culprit, rule)) {
    const from = culprit.location === undefined ? '' : ` of ${clean(culprit.location)}`;
    const made = rule.text === undefined ? '' : `: ${clean(rule.text)}`;
    return `It is ${clean(culprit.name ?? '')}${from}${made} (${where}).`;
  }
  const number = rule.number === undefined ? '' : ` ${rule.number}`;
  const text = rule.text === undefined ? '' : `: ${clean(rule.text)}`;
  const whose = culprit.owner === undefined ? 'The' : `${clean(culprit.owner, 40)}'s`;
  const what = culprit.kind === 'policy' ? `${whose} default policy` : `${whose} firewall rule${number}`;
  const from = culprit.location === undefined ? '' : `, from ${clean(culprit.location)}`;
  return `${what}${text} (${where}${from}).`;
}

function placeOfRule(rule: RuleReference): string {
  const where = [rule.backend, rule.family, rule.table, rule.chain].map((part) => clean(part, 60)).join(' ');
  return `${where}${rule.handle === undefined ? '' : `, handle ${rule.handle}`}`;
}

/** `ufw rule 4, "deny out 443/tcp" (comment: kids)`: what its owner calls it says more than the rule itself. */
function isInOwnersWords({ name, owner }: Culprit, rule: RuleReference): boolean {
  return owner !== undefined && name !== undefined && name !== rule.text && !name.startsWith('policy of ');
}

/** The line itself says most: `/etc/hosts:12: 127.0.0.1 shop.example`. */
function fileLine({ location, name, owner }: Culprit): string | null {
  const where = clean(location ?? name ?? '');
  if (where === '') return null;
  const whose = owner === undefined ? '' : ` (of ${clean(owner, 60)})`;
  const text = name === undefined || location === undefined || location.startsWith(name) ? '' : `: ${clean(name)}`;
  return `File ${where}${whose}${text}${text.endsWith('.') ? '' : '.'}`;
}

/** What a scanner found, and where it says so or the file lies. */
function signatureLine({ name, owner, location }: Culprit): string {
  const whose = owner === undefined ? '' : ` of ${clean(owner, 60)}`;
  const where = location === undefined ? '' : `, ${location.endsWith('.log') ? 'in' : 'on'} ${clean(location)}`;
  return `Signature ${clean(name ?? '')}${whose}${where}.`;
}

/** The sentence above holds its address, or its name where it has none. */
function saidAlready({ kind, name, address }: Culprit, { verdict }: Report): boolean {
  if (kind === 'route' && name !== undefined) return name.startsWith('no ') || verdict.summary.includes(name);
  // Where a server is, is worth a line; which URL works instead, is in the sentence.
  if (kind === 'server' || kind === 'service') return name?.includes('://') === true && verdict.summary.includes(name);
  const sign = address ?? name;
  return sign === undefined || verdict.summary.toLowerCase().includes(sign.toLowerCase());
}

const kinds: Partial<Record<Culprit['kind'], string>> = {
  'firewall-rule': 'Firewall rule',
  policy: 'Policy:',
  interface: 'Network interface',
  process: 'Program',
  product: 'Program',
  setting: 'Setting',
  resolver: 'Name server (resolver)',
  cache: 'Cache',
  zone: 'Zone',
  proxy: 'Proxy',
  portal: 'Login page',
  hop: 'Router',
  certificate: 'Certificate',
  extension: 'Browser extension',
  limit: 'Limit',
  container: 'Container',
};

function subject(culprit: Culprit, report: Report): string {
  const name = clean(culprit.name ?? '', culprit.kind === 'portal' ? longestUrl : undefined);
  const address = clean(culprit.address ?? '', 60);
  if (culprit.kind === 'server' || culprit.kind === 'service') return server(name, address, report);
  // The address of a route is only what it was asked for.
  if (culprit.kind === 'route') return `Route: ${name === '' ? address : name}`;
  // "your router (192.168.7.1)" is told whole already.
  if (address !== '' && name.includes(address)) return name;
  const beside = address === '' ? '' : name === '' ? address : `(${address})`;
  // "a filter on the way": somebody, and no name of a router.
  const described = /^(?:a|an|the|some\w*) /.test(name);
  const kind = described && (culprit.kind === 'hop' || culprit.kind === 'product') ? '' : (kinds[culprit.kind] ?? '');
  // "Login page of this network": the name says already what it is.
  if (kind !== '' && name.toLowerCase().startsWith(`${kind.toLowerCase()} `))
    return [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, beside].filter((part) => part !== '').join(' ');
  return [kind, name, beside].filter((part) => part !== '').join(' ');
}

/** `shop.example (198.51.100.10), port 443: HTTP 502`. */
function server(name: string, address: string, report: Report): string {
  const { facts } = report;
  const target = ledOn(report) ?? report.target;
  const own =
    address === '' || address === target.host || target.addresses.includes(address) || facts.target.literal === 0;
  // A service's own words stand below, as what shows it.
  const isSaid = name.length > 30 && report.evidence.some(({ says }) => says.includes(name));
  const detail = isSaid || name === '' || name === target.host || /^port \d+$/.test(name) ? '' : `: ${name}`;
  const listening = Number(/^port (\d+)$/.exec(name)?.[1] ?? target.port);
  if (!own || address === '::' || address === '0.0.0.0') return `${hostPort(address, listening)}${detail}`;
  const known = address === '' || address === target.host ? '' : ` (${address})`;
  return `${target.host}${known}${listening > 0 ? `, port ${listening}` : ''}${detail}`;
}

function owner(culprit: Culprit): string {
  return culprit.owner === undefined || culprit.owner === culprit.name ? '' : `of ${clean(culprit.owner, 60)}`;
}

/** Variables and options have no place of their own that their name would not tell. */
function isCalled({ location }: Culprit): boolean {
  return location === 'environment' || location === 'command line';
}

function place({ location, name }: Culprit): string {
  if (location === 'environment') return 'set in the environment';
  if (location === 'command line') return 'set on the command line';
  return location === undefined || name?.includes(location) === true ? '' : `set in ${clean(location)}`;
}

/** What the target is called in a sentence or on the way. */
export function targetName(report: Report): string {
  const { target, facts } = report;
  const onward = ledOn(report);
  if (onward) return hostPort(onward.host, onward.port);
  if (target.scheme === 'unix' || target.scheme === 'program') return clean(facts.target.path, 60);
  return target.port > 0 ? hostPort(target.host, target.port) : target.host;
}
