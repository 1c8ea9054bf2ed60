import type { BrowserPolicy } from '../../model/browser-facts.js';
import type { System } from '../../model/system.js';
import { type Json, object, readJson, text, texts } from '../json.js';
import { firefoxPolicies, type BrowserProduct } from './products.js';

const mostBytes = 4 * 1024 * 1024;
const mostFiles = 100;
const mostEntries = 10_000;

/** What an administrator's policies say about the target, with the file and the entry. */
export async function policiesFor(
  products: readonly BrowserProduct[],
  url: URL,
  system: System,
): Promise<BrowserPolicy[]> {
  const chromium = await Promise.all(
    products.flatMap(({ product, policies }) =>
      policies.flatMap((directory) =>
        ['managed', 'recommended'].map((kind) => ofDirectory(product, `${directory}/${kind}`, url, system)),
      ),
    ),
  );
  const firefox = await Promise.all(firefoxPolicies.map((path) => ofFirefox(path, url, system)));
  return [...chromium.flat(), ...firefox.flat()];
}

async function ofDirectory(product: string, directory: string, url: URL, { files }: System): Promise<BrowserPolicy[]> {
  const names = ((await files.list(directory, mostFiles)) ?? []).filter((name) => /^[^/\0]+\.json$/.test(name));
  const read = await Promise.all(
    names.map(async (name) => {
      const path = `${directory}/${name}`;
      const one = await readJson(files, path, mostBytes);
      return one.ok ? chromiumPolicies(product, path, object(one.value), url) : [];
    }),
  );
  return read.flat();
}

function chromiumPolicies(product: string, location: string, policies: Json, url: URL): BrowserPolicy[] {
  const found: BrowserPolicy[] = [];
  const block = mostSpecific(texts(policies['URLBlocklist'], mostEntries), url);
  const allow = mostSpecific(texts(policies['URLAllowlist'], mostEntries), url);
  if (block) {
    const overruled = allow !== null && allow.weight >= block.weight;
    const entry = overruled ? allow.entry : block.entry;
    const effect = overruled ? 'allows' : 'blocks';
    found.push({ product, name: overruled ? 'URLAllowlist' : 'URLBlocklist', entry, location, effect });
  }
  const settings =
    Object.keys(object(policies['ProxySettings'])).length > 0 ? object(policies['ProxySettings']) : policies;
  const mode = text(settings['ProxyMode'], 40);
  const server = text(settings['ProxyServer']) || text(settings['ProxyPacUrl']).replace(/[?#].*$/s, '');
  if (mode !== '' && mode !== 'system')
    found.push({ product, name: 'ProxyMode', entry: `${mode} ${server}`.trim(), location, effect: 'proxy' });
  const doh = text(policies['DnsOverHttpsMode'], 40);
  if (doh === 'secure') found.push({ product, name: 'DnsOverHttpsMode', entry: doh, location, effect: 'dns' });
  return found;
}

interface Specific {
  readonly entry: string;
  readonly weight: number;
}

/** `[scheme://][.]host[:port][/path]`, `*` (chromeenterprise.google, "URL blocklist filter format"). */
export function mostSpecific(entries: readonly string[], url: URL): Specific | null {
  let best: Specific | null = null;
  for (const entry of entries) {
    const weight = weightOf(entry.trim(), url);
    if (weight !== null && (best === null || weight > best.weight)) best = { entry: entry.slice(0, 200), weight };
  }
  return best;
}

/** Null where it is about other pages; else the greater, the more specific. */
function weightOf(entry: string, url: URL): number | null {
  const [, scheme, dot = '', host = '', port, path = ''] =
    /^(?:([a-z*][a-z0-9+.-]*):\/\/)?(\.?)(\[[^\]]*\]|[^/:?@]*)(?::(\d+|\*))?(\/[^?]*)?(?:\?.*)?$/i.exec(entry) ?? [];
  if (entry === '' || host === undefined || /\?/.test(entry)) return null;
  if (scheme !== undefined && scheme !== '*' && `${scheme.toLowerCase()}:` !== url.protocol) return null;
  if (port !== undefined && port !== '*' && port !== (url.port || (url.protocol === 'https:' ? '443' : '80')))
    return null;
  if (path !== '' && !url.pathname.startsWith(path.replace(/\*$/, ''))) return null;
  const wanted = host.toLowerCase();
  const within = url.hostname === wanted || (dot === '' && url.hostname.endsWith(`.${wanted}`));
  if (wanted !== '*' && wanted !== '' && !within) return null;
  const hostWeight = wanted === '*' ? 0 : wanted.length + 1;
  return hostWeight * 10_000 + path.length * 4 + (port === undefined ? 0 : 2) + (scheme === undefined ? 0 : 1);
}

async function ofFirefox(location: string, url: URL, { files }: System): Promise<BrowserPolicy[]> {
  const read = await readJson(files, location, mostBytes);
  if (!read.ok) return [];
  const policies = object(object(read.value)['policies']);
  const filter = object(policies['WebsiteFilter']);
  const blocks = texts(filter['Block'], mostEntries).find((one) => patternHolds(one, url));
  const exception = texts(filter['Exceptions'], mostEntries).find((one) => patternHolds(one, url));
  const proxy = object(policies['Proxy']);
  const mode = text(proxy['Mode'], 40);
  const of = { product: 'Firefox', location };
  return [
    ...(blocks === undefined
      ? []
      : [
          exception === undefined
            ? { ...of, name: 'WebsiteFilter', entry: blocks.slice(0, 200), effect: 'blocks' as const }
            : { ...of, name: 'WebsiteFilter', entry: exception.slice(0, 200), effect: 'allows' as const },
        ]),
    ...(mode === '' || mode === 'system' || mode === 'none'
      ? []
      : [
          {
            ...of,
            name: 'Proxy',
            entry: `${mode} ${text(proxy['HTTPProxy']) || text(proxy['AutoConfigURL']).replace(/[?#].*$/s, '')}`.trim(),
            effect: 'proxy' as const,
          },
        ]),
  ];
}

/** A match pattern of WebExtensions: `<all_urls>`, `*://*.example.com/*`. */
function patternHolds(pattern: string, url: URL): boolean {
  if (pattern === '<all_urls>') return true;
  const [, scheme = '', host = '', path = ''] = /^(\*|https?):\/\/([^/]*)(\/.*)$/.exec(pattern) ?? [];
  if (path === '' || (scheme !== '*' && `${scheme}:` !== url.protocol)) return false;
  const below = host.startsWith('*.') ? host.slice(2) : null;
  if (host !== '*' && host !== url.hostname && !(below !== null && `.${url.hostname}`.endsWith(`.${below}`)))
    return false;
  const pieces = path.slice(0, 500).split('*');
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const next = index === 0 ? (url.pathname.startsWith(piece) ? 0 : -1) : url.pathname.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return pieces.length > 1
    ? pieces.at(-1) === '' || url.pathname.endsWith(pieces.at(-1) ?? '')
    : at === url.pathname.length;
}
