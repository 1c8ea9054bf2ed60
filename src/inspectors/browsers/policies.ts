import type { BrowserPolicy } from '../../model/browser-facts.js';
import type { System } from '../../model/system.js';
import { object, readJson, text, texts } from '../json.js';
import { PoliciesInForce, policyFolder } from './chromium-policies.js';
import { upgraded, verdictOfLists } from './page-filter.js';
import { firefoxPolicies, type BrowserProduct } from './products.js';

const mostBytes = 4 * 1024 * 1024;
const mostEntries = 10_000;

/** What an administrator's policies say about the target, with the file and the entry. */
export async function policiesFor(
  products: readonly BrowserProduct[],
  url: URL,
  system: System,
): Promise<BrowserPolicy[]> {
  const chromium = await Promise.all(
    products.flatMap(({ product, policies }) =>
      policies.map(async (directory) => {
        const [managed, recommended] = await Promise.all(
          ['managed', 'recommended'].map((kind) => policyFolder(`${directory}/${kind}`, system)),
        );
        return ofChromium(product, new PoliciesInForce(managed?.files ?? [], recommended?.files ?? []), url);
      }),
    ),
  );
  // This computer's file counts alone where it is there, whatever it holds; each Firefox has one of its own else.
  const [ofComputer = ''] = firefoxPolicies;
  const files = (await system.files.exists(ofComputer)) ? [ofComputer] : firefoxPolicies;
  const firefox = await Promise.all(files.map((path) => ofFirefox(path, url, system)));
  return [...chromium.flat(), ...firefox.flat()];
}

function ofChromium(product: string, policies: PoliciesInForce, url: URL): BrowserPolicy[] {
  return [...ofLists(product, policies, url), ...ofProxy(product, policies), ...ofSecureNames(product, policies)];
}

function ofLists(product: string, policies: PoliciesInForce, url: URL): BrowserPolicy[] {
  const [blocked, allowed] = [policies.list('URLBlocklist'), policies.list('URLAllowlist')];
  const values = (list: typeof blocked): string[] => list.map(({ value }) => value);
  const verdict = verdictOfLists(values(blocked), values(allowed), url);
  const secure = verdict?.effect === 'blocks' ? null : upgraded(url);
  const ofSecure = secure && verdictOfLists(values(blocked), values(allowed), secure);
  const byHttps = ofSecure?.effect === 'blocks';
  const { effect, entry } = (byHttps ? ofSecure : verdict) ?? {};
  if (effect === undefined || entry === undefined) return [];
  const [name, list] = effect === 'blocks' ? ['URLBlocklist', blocked] : ['URLAllowlist', allowed];
  const location = list.find(({ value }) => value === entry)?.location ?? '';
  return [{ product, name, entry: entry.slice(0, 200), location, effect, ...(byHttps && { byHttps }) }];
}

/** ProxySettings counts alone where it is said; a server without a mode is not used. */
function ofProxy(product: string, policies: PoliciesInForce): BrowserPolicy[] {
  const whole = policies.value('ProxySettings');
  const mode = whole
    ? { value: text(object(whole.value)['ProxyMode'], 40), location: whole.location }
    : policies.words('ProxyMode', 40);
  if (!mode || mode.value === '' || mode.value === 'system') return [];
  const said = (name: string): string =>
    whole ? text(object(whole.value)[name]) : (policies.words(name)?.value ?? '');
  const server = said('ProxyServer') || said('ProxyPacUrl').replace(/[?#].*$/s, '');
  const entry = `${mode.value} ${server}`.trim();
  return [{ product, name: 'ProxyMode', entry, location: mode.location, effect: 'proxy' }];
}

/** `secure` asks by HTTPS alone; `automatic` falls back on the resolvers of this computer. */
function ofSecureNames(product: string, policies: PoliciesInForce): BrowserPolicy[] {
  const mode = policies.words('DnsOverHttpsMode', 40);
  if (mode?.value !== 'secure') return [];
  const templates = (policies.words('DnsOverHttpsTemplates')?.value ?? '').replace(/[?#].*$/s, '');
  const entry = `${mode.value} ${templates}`.trim();
  return [{ product, name: 'DnsOverHttpsMode', entry, location: mode.location, effect: 'dns' }];
}

async function ofFirefox(location: string, url: URL, { files }: System): Promise<BrowserPolicy[]> {
  const read = await readJson(files, location, mostBytes);
  if (!read.ok) return [];
  const policies = object(object(read.value)['policies']);
  const filter = object(policies['WebsiteFilter']);
  const blocks = texts(filter['Block'], mostEntries).find((one) => patternHolds(one, url));
  const exception = texts(filter['Exceptions'], mostEntries).find((one) => patternHolds(one, url));
  const proxy = object(policies['Proxy']);
  const names = object(policies['DNSOverHTTPS']);
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
    // Without `Fallback: false` Firefox asks the resolvers of this computer when HTTPS fails.
    ...(names['Enabled'] === true && names['Fallback'] === false
      ? [
          {
            ...of,
            name: 'DNSOverHTTPS',
            entry: `only ${text(names['ProviderURL']).replace(/[?#].*$/s, '')}`.trim(),
            effect: 'dns' as const,
          },
        ]
      : []),
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
