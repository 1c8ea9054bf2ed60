import { Cannot } from '../../model/cannot.js';
import type { LineChange } from '../../model/file-operations.js';
import type { ProxyScheme } from '../../model/proxy-facts.js';
import { Arguments } from '../validate.js';
import { hostName } from './added-line.js';

const schemes: readonly ProxyScheme[] = ['http', 'https', 'socks4', 'socks4a', 'socks5', 'socks5h'];

export function checkChange(json: unknown): LineChange {
  const args = new Arguments('a change of a line', json);
  const is = args.oneOf('is', ['proxy', 'no-proxy']);
  const change: LineChange =
    is === 'proxy'
      ? { is, from: checkFrom(args.take('from')), to: checkTo(args.take('to')) }
      : { is, host: args.matching('host', hostName) };
  args.end();
  return change;
}

function checkFrom(json: unknown): { readonly host: string; readonly port: number | null } {
  const args = new Arguments('the proxy before', json);
  const from = {
    host: args.matching('host', hostName),
    port: args.optional('port', (name) => args.wholeOrNull(name, 1, 65_535)) ?? null,
  };
  args.end();
  return from;
}

function checkTo(json: unknown): { readonly scheme: ProxyScheme; readonly host: string; readonly port: number } {
  const args = new Arguments('the proxy afterwards', json);
  const to = {
    scheme: args.oneOf('scheme', schemes),
    host: args.matching('host', hostName),
    port: args.whole('port', 1, 65_535),
  };
  args.end();
  return to;
}

/** The line in other words; user names, quotes and all that is around stay. Throws where nothing of it would change. */
export function changedText(line: string, change: LineChange): string {
  const changed = change.is === 'proxy' ? otherProxy(line, change) : oneHostMore(line, change.host);
  if (changed === null || changed === line) throw new Cannot(`"${line.trim().slice(0, 60)}" is not what was expected`);
  return changed;
}

function otherProxy(line: string, { from, to }: Extract<LineChange, { is: 'proxy' }>): string | null {
  const written = (host: string): string => (host.includes(':') ? `[${host}]` : host);
  const escaped = written(from.host).replace(/[.[\]]/g, String.raw`\$&`);
  const port = from.port === null ? String.raw`(?!:\d)` : `:${from.port}(?!\\d)`;
  const place = new RegExp(`(?:[a-z0-9]+://)?([^\\s"'@/=]+@)?(?<![\\w.-])${escaped}${port}`, 'gi');
  const found = [...line.matchAll(place)];
  if (found.length !== 1) return null;
  return line.replace(
    place,
    (_whole, login: string | undefined) => `${to.scheme}://${login ?? ''}${written(to.host)}:${to.port}`,
  );
}

/** `no_proxy=a,b`, `export NO_PROXY="a,b"`: the host comes behind the last. */
function oneHostMore(line: string, host: string): string | null {
  const found = /^(\s*(?:export\s+)?no_proxy=)("[^"]*"|'[^']*'|[^\s"'#;]*)(.*)$/i.exec(line);
  if (!found) return null;
  const [, start = '', value = '', rest = ''] = found;
  const quote = /^["']/.exec(value)?.[0] ?? '';
  const list = quote === '' ? value : value.slice(1, -1);
  return `${start}${quote}${list === '' ? host : `${list},${host}`}${quote}${rest}`;
}
