import { contentOf as contentOfRule } from '../../firewall/iptables-content.js';
import type { ManagerLine } from '../../model/firewall-facts.js';

export interface UfwFile {
  readonly path: string;
  readonly text: string;
}

const mostLines = 50_000;

/**
 * The line of ufw's own files that made a rule, with the number, the words and the comment under which ufw lists it.
 * `saved` is the rule as iptables-save prints it: written another way there, so both are read and compared. Of several
 * equal lines the first one is meant, since the kernel stops at it. `all` are the files of both families, for the number.
 */
export function ufwLine(
  saved: string,
  files: readonly UfwFile[],
  all: readonly UfwFile[],
  family: 'ip' | 'ip6',
): ManagerLine | null {
  const wanted = contentOf(saved, family);
  const chain = /^-A (\S+) /.exec(saved)?.[1];
  if (wanted === null || chain === undefined) return null;
  for (const { path, text } of files) {
    const lines = text.split('\n', mostLines);
    const at = lines.findIndex((line) => line.startsWith(`-A ${chain} `) && contentOf(line, family) === wanted);
    if (at < 0) continue;
    const above = tupleAbove(lines, at);
    const order = lines[above ?? -1] ?? '';
    const tuple = above === null ? null : tupleOf(order);
    return {
      manager: 'ufw',
      rule: saved,
      location: `${path}:${at + 1}`,
      number: above === null || tuple === null ? null : numberOf(path, above, all),
      words: tuple === null ? null : wordsOf(tuple),
      comment: tuple === null ? null : commentOf(order),
    };
  }
  return null;
}

function contentOf(line: string, family: 'ip' | 'ip6'): string | null {
  const chains = [...line.matchAll(/ -[jg] (ufw6?-[\w-]+)/g)].map(([, name = '']) => name);
  return contentOfRule(line, family, chains);
}

const tupleStart = '### tuple ###';

/** Lines of one order stand below its tuple, up to an empty line (backend_iptables.py, _write_rules). */
function tupleAbove(lines: readonly string[], at: number): number | null {
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i] ?? '';
    if (line.startsWith(tupleStart)) return i;
    if (line.trim() === '' || line.startsWith('*')) return null;
  }
  return null;
}

interface Tuple {
  readonly action: string;
  readonly protocol: string;
  readonly dport: string;
  readonly destination: string;
  readonly sport: string;
  readonly source: string;
  readonly dapp: string | null;
  readonly sapp: string | null;
  readonly ends: string;
}

/** `### tuple ### deny_log tcp 443 0.0.0.0/0 any 0.0.0.0/0 [dapp sapp] out_eth0 comment=6b696473` */
function tupleOf(line: string): Tuple | null {
  const words = line
    .slice(tupleStart.length)
    .replace(/ comment=\S*$/, '')
    .trim()
    .split(/\s+/);
  const [action, protocol, dport, destination, sport, source, ...rest] = words;
  if (source === undefined || action === undefined) return null;
  const apps = rest.length >= 2;
  const app = (word: string | undefined): string | null =>
    apps && word !== undefined && word !== '-' ? word.replaceAll('%20', ' ') : null;
  return {
    action,
    protocol: protocol ?? 'any',
    dport: dport ?? 'any',
    destination: destination ?? '',
    sport: sport ?? 'any',
    source,
    dapp: app(rest[0]),
    sapp: app(rest[1]),
    ends: (apps ? rest[2] : rest[0]) ?? 'in',
  };
}

/** `ufw status numbered` counts IPv4 first, then IPv6, and an application's several lines once (get_rule_by_number). */
function numberOf(path: string, at: number, files: readonly UfwFile[]): number | null {
  const numbers = new Map<string, number>();
  let count = 0;
  for (const name of ['user.rules', 'user6.rules']) {
    const file = files.find((one) => one.path.endsWith(`/${name}`));
    for (const [i, line] of (file?.text.split('\n', mostLines) ?? []).entries()) {
      const tuple = line.startsWith(tupleStart) ? tupleOf(line) : null;
      if (!tuple) continue;
      const app = appKey(tuple);
      const number = (app === null ? undefined : numbers.get(app)) ?? ++count;
      if (app !== null) numbers.set(app, number);
      if (file?.path === path && i === at) return number;
    }
  }
  return null;
}

function appKey({ dapp, sapp, dport, destination, sport, source, ends }: Tuple): string | null {
  return dapp === null && sapp === null ? null : [dapp ?? dport, destination, sapp ?? sport, source, ends].join(' ');
}

/** As it would be typed behind `ufw`: `deny out 443/tcp`, `reject out on eth0 to 198.51.100.0/24 port 25 proto tcp`. */
function wordsOf({ action, protocol, dport, destination, sport, source, dapp, sapp, ends }: Tuple): string {
  const [, route = '', verb = action, log = ''] = /^(route:)?([a-z]+)(?:_(log(?:-all)?))?$/.exec(action) ?? [];
  const interfaces = ends.split('!').map((one) => /^(in|out)(?:_(.+))?$/.exec(one));
  const isOut = interfaces[0]?.[1] === 'out';
  const on = interfaces.flatMap((one) => (one?.[2] === undefined ? [] : [`${one[1] ?? ''} on ${one[2]}`])).join(' ');
  const direction = on !== '' ? on : isOut ? 'out' : '';
  const start = [route === '' ? '' : 'route', verb, direction, log].filter((word) => word !== '');
  const anywhere = isAny(source) && isAny(destination) && sport === 'any' && sapp === null;
  if (anywhere && on === '' && (dapp !== null || dport !== 'any')) {
    return [...start, dapp ?? `${dport}${protocol === 'any' ? '' : `/${protocol}`}`].join(' ');
  }
  const side = (word: string, address: string, port: string, app: string | null): string[] => {
    const where = app !== null ? ['app', app] : port === 'any' ? [] : ['port', port];
    return isAny(address) && where.length === 0 ? [] : [word, isAny(address) ? 'any' : address, ...where];
  };
  const from = side('from', source, sport, sapp);
  const to = side('to', destination, dport, dapp);
  const ended = from.length + to.length === 0 ? ['to', 'any'] : [...from, ...to];
  return [
    ...start,
    ...ended,
    ...(protocol === 'any' || dapp !== null || sapp !== null ? [] : ['proto', protocol]),
  ].join(' ');
}

function isAny(address: string): boolean {
  return address === '0.0.0.0/0' || address === '::/0' || address === 'any';
}

/** In hexadecimal, UTF-8 (util.py, hex_encode). */
function commentOf(line: string): string | null {
  const hex = / comment=((?:[0-9a-f]{2}){1,256})\s*$/i.exec(line)?.[1];
  return hex === undefined ? null : Buffer.from(hex, 'hex').toString('utf8');
}

/** Where a built-in chain's policy is set: `DEFAULT_OUTPUT_POLICY="DROP"` in /etc/default/ufw. */
export function ufwDefault(chain: string, file: UfwFile): ManagerLine | null {
  const name = `DEFAULT_${chain.toUpperCase()}_POLICY=`;
  const at = file.text.split('\n', mostLines).findIndex((line) => line.startsWith(name));
  if (at < 0) return null;
  const policy = /="?(\w+)"?/.exec(file.text.split('\n')[at] ?? '')?.[1]?.toLowerCase();
  const direction = { INPUT: 'incoming', OUTPUT: 'outgoing', FORWARD: 'routed' }[chain.toUpperCase()];
  if (policy === undefined || direction === undefined) return null;
  const verb = { drop: 'deny', reject: 'reject', accept: 'allow' }[policy] ?? policy;
  return {
    manager: 'ufw',
    rule: chain,
    location: `${file.path}:${at + 1}`,
    number: null,
    words: `default ${verb} ${direction}`,
    comment: null,
  };
}
