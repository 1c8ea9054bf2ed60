import { hostPort } from '../model/address.js';
import type { Report } from '../model/report.js';
import type { Culprit, RuleReference } from '../model/words.js';
import { clean } from './clean.js';

/** The exact culprit, for those who know such things: its kind, name, place and owner. Null when nothing is named. */
export function culpritLine(report: Report): string | null {
  const { culprit } = report.verdict;
  if (!culprit) return null;
  if (culprit.rule) return ruleLine(culprit, culprit.rule);
  if (culprit.kind === 'file') return fileLine(culprit);
  const name = culprit.name === undefined ? '' : clean(culprit.name);
  const parts = [subject(culprit, name, report), owner(culprit, name), place(culprit, name)].filter(
    (part) => part !== '',
  );
  const line = parts.join(', ');
  return line === '' || saidAlready(culprit, report) ? null : `${line}${line.endsWith('.') ? '' : '.'}`;
}

/** Nothing but an address or a name, and the sentence above holds it. */
function saidAlready(culprit: Culprit, report: Report): boolean {
  if (culprit.owner !== undefined || culprit.location !== undefined || culprit.kind === 'server') return false;
  return [culprit.name, culprit.address].every((part) => part === undefined || report.verdict.summary.includes(part));
}

function ruleLine(culprit: Culprit, rule: RuleReference): string {
  const number = rule.number === undefined ? '' : ` ${rule.number}`;
  const text = rule.text === undefined ? '' : `: ${clean(rule.text)}`;
  const whose = culprit.owner === undefined ? 'The' : `${clean(culprit.owner, 40)}'s`;
  const what = culprit.kind === 'policy' ? `${whose} default policy` : `${whose} firewall rule${number}`;
  const where = [rule.backend === 'nft' ? 'nft' : rule.backend, rule.family, rule.table, rule.chain]
    .map((part) => clean(part, 60))
    .join(' ');
  const handle = rule.handle === undefined ? '' : `, handle ${rule.handle}`;
  const from = culprit.location === undefined ? '' : `, from ${clean(culprit.location)}`;
  return `${what}${text} (${where}${handle}${from}).`;
}

/** The line itself says most: `/etc/hosts:12: 127.0.0.1 shop.example`. */
function fileLine({ location, name, owner }: Culprit): string | null {
  const where = clean(location ?? name ?? '');
  if (where === '') return null;
  const whose = owner === undefined ? '' : ` (of ${clean(owner, 60)})`;
  const text = name === undefined || location === undefined || location.startsWith(name) ? '' : `: ${clean(name)}`;
  return `File ${where}${whose}${text}${text.endsWith('.') ? '' : '.'}`;
}

const kinds: Partial<Record<Culprit['kind'], string>> = {
  'firewall-rule': 'Firewall rule',
  policy: 'Default policy',
  route: 'Route',
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

function subject(culprit: Culprit, name: string, report: Report): string {
  const { target } = report;
  const address = culprit.address === undefined ? '' : clean(culprit.address, 60);
  if (culprit.kind === 'server') {
    const host = name === '' ? target.host : name;
    const known = address === '' || address === host ? '' : ` (${address})`;
    return `${host}${known}${target.port > 0 ? `, port ${target.port}` : ''}`;
  }
  const kind = kinds[culprit.kind] ?? '';
  const beside = address === name || address === '' ? '' : name === '' ? address : `(${address})`;
  const what = [name, beside].filter((part) => part !== '').join(' ');
  return what === '' ? '' : [kind, what].filter((part) => part !== '').join(' ');
}

function owner(culprit: Culprit, name: string): string {
  return culprit.owner === undefined || culprit.owner === name ? '' : `of ${clean(culprit.owner, 60)}`;
}

function place(culprit: Culprit, name: string): string {
  const location = culprit.location === undefined ? '' : clean(culprit.location);
  return location === '' || location === name
    ? ''
    : name === '' && culprit.address === undefined
      ? location
      : `set in ${location}`;
}

/** What the target is called in a sentence or on the way. */
export function targetName(report: Report): string {
  const { target, facts } = report;
  if (target.scheme === 'unix') return clean(facts.target.path, 60);
  return target.port > 0 ? hostPort(target.host, target.port) : target.host;
}
