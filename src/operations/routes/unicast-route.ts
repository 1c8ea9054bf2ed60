import { bytesOf, familyOf } from '../../model/address.js';
import type { UnicastRoute } from '../../model/route-operations.js';
import { Arguments } from '../validate.js';

/** Names of interfaces (IFNAMSIZ 16), without what would be an option of ip. */
export const interfaceName = /^[A-Za-z0-9_][\w.:@-]{0,14}$/;
const protocols = /^(?:[a-z]{2,12}|\d{1,3})$/;
/** What ip prints of the present state, and what every line has. */
const idle: ReadonlySet<string> = new Set(['linkdown', 'dead', 'pref medium']);

/** `default via 192.168.7.1 dev eth0 proto dhcp src 192.168.7.20 metric 100`; null where a word is not known here. */
export function readUnicastRoute(line: string): UnicastRoute | null {
  const [prefix = '', ...words] = line.trim().split(/\s+/);
  const found = new Map<string, string>();
  let onlink = false;
  for (let i = 0; i < words.length && i < 32; i++) {
    const word = words[i] ?? '';
    const next = words[i + 1] ?? '';
    if (word === 'onlink') onlink = true;
    else if (idle.has(word)) continue;
    else if (idle.has(`${word} ${next}`)) i++;
    else if (/^(?:via|dev|proto|scope|src|metric|mtu)$/.test(word) && !found.has(word)) {
      found.set(word, next);
      i++;
    } else return null;
  }
  const scope = (['link', 'host', 'global'] as const).find((one) => one === found.get('scope'));
  const dev = found.get('dev');
  if (dev === undefined || (found.has('scope') && scope === undefined)) return null;
  const via = found.get('via');
  const protocol = found.get('proto');
  const src = found.get('src');
  const metric = found.get('metric');
  const mtu = found.get('mtu');
  // `mtu lock 1400` is another thing.
  if (mtu !== undefined && !/^\d{1,6}$/.test(mtu)) return null;
  return {
    prefix,
    ...(via !== undefined && { via }),
    dev,
    ...(protocol !== undefined && { protocol }),
    ...(scope !== undefined && { scope }),
    ...(src !== undefined && { src }),
    ...(metric !== undefined && { metric: Number(metric) }),
    ...(mtu !== undefined && { mtu: Number(mtu) }),
    ...(onlink && { onlink }),
  };
}

/** The same line as ip takes it. */
export function wordsOfUnicast({
  prefix,
  via,
  dev,
  protocol,
  scope,
  src,
  metric,
  mtu,
  onlink,
}: UnicastRoute): string[] {
  return [
    prefix,
    ...(via === undefined ? [] : ['via', via]),
    'dev',
    dev,
    ...(protocol === undefined ? [] : ['proto', protocol]),
    ...(scope === undefined ? [] : ['scope', scope]),
    ...(src === undefined ? [] : ['src', src]),
    ...(metric === undefined ? [] : ['metric', String(metric)]),
    ...(mtu === undefined ? [] : ['mtu', String(mtu)]),
    ...(onlink ? ['onlink'] : []),
  ];
}

export function checkUnicast(json: unknown, family: 4 | 6): UnicastRoute {
  const args = new Arguments('a route', json);
  const address = (name: string): string => {
    const value = args.text(name, 64);
    if (familyOf(value) !== family || value.includes('%')) throw args.wrong(`${name} is no address of IPv${family}`);
    return value;
  };
  const prefix = args.text('prefix', 64);
  const [network = '', length, ...rest] = prefix.split('/');
  const bits = length === undefined ? 0 : Number(length);
  const isPrefix =
    familyOf(network) === family &&
    !network.includes('%') &&
    rest.length === 0 &&
    (length === undefined || (/^\d{1,3}$/.test(length) && bits <= (bytesOf(network)?.length ?? 0) * 8));
  if (prefix !== 'default' && !isPrefix) throw args.wrong(`prefix is no network of IPv${family}`);
  const via = args.optional('via', address);
  const dev = args.matching('dev', interfaceName);
  const protocol = args.optional('protocol', (name) => args.matching(name, protocols));
  const scope = args.optional('scope', (name) => args.oneOf(name, ['link', 'host', 'global'] as const));
  const src = args.optional('src', address);
  const metric = args.optional('metric', (name) => args.whole(name, 0, 4_294_967_295));
  const mtu = args.optional('mtu', (name) => args.whole(name, 68, 65_536));
  const onlink = args.optional('onlink', (name) => args.take(name));
  if (onlink !== undefined && onlink !== true) throw args.wrong('onlink is true or left out');
  args.end();
  return {
    prefix,
    ...(via !== undefined && { via }),
    dev,
    ...(protocol !== undefined && { protocol }),
    ...(scope !== undefined && { scope }),
    ...(src !== undefined && { src }),
    ...(metric !== undefined && { metric }),
    ...(mtu !== undefined && { mtu }),
    ...(onlink === true && { onlink }),
  };
}
