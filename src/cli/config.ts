import { familyOf } from '../model/address.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultSettings } from '../model/settings.js';
import type { RootAnchor, Settings } from '../model/settings.js';
import type { Files } from '../model/system.js';
import { clean } from '../report/clean.js';
import { WrongWords } from './wrong-words.js';

export interface ConfigPlace {
  readonly explicit: string | null;
  readonly root: boolean;
  readonly environment: (name: string) => string | undefined;
}

/** The settings file that counts, or null. As root nothing under a user's control is read unless it is named. */
export function configPath({ explicit, root, environment }: ConfigPlace): string | null {
  if (explicit !== null) return explicit;
  if (root) return '/etc/whoblocked/config.json';
  const base = environment('XDG_CONFIG_HOME');
  if (base?.startsWith('/')) return `${base}/whoblocked/config.json`;
  const home = environment('HOME');
  return home?.startsWith('/') ? `${home}/.config/whoblocked/config.json` : null;
}

/** Settings with what the file changes. Throws WrongWords that say which part of which file is wrong, and what belongs there. */
export async function readSettings(place: ConfigPlace, files: Pick<Files, 'read'>): Promise<Settings> {
  const path = configPath(place);
  if (path === null) return defaultSettings;
  const file = await files.read(path);
  const wrong = (what: string): WrongWords => new WrongWords(`${clean(path, 100)}: ${what}`);
  if (!file.ok) {
    // Under `su` or setpriv HOME is often somebody else's: no reason to refuse a diagnosis.
    if (place.explicit === null && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(file.code)) return defaultSettings;
    throw wrong(`cannot be read (${file.code})`);
  }
  if (file.truncated) throw wrong('is longer than 1 MiB');
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(file.bytes).toString('utf8'));
  } catch {
    throw wrong('is not JSON');
  }
  return settingsOf(parsed, wrong);
}

type Wrong = (what: string) => Error;

/** By hand: a schema library would cost more time at each start than the whole of this. */
export function settingsOf(json: unknown, wrong: Wrong): Settings {
  const top = object(json, 'the file', ['references', 'networks', 'rootAnchors', 'scanners'], wrong);
  const anchors = top['rootAnchors'];
  const others = {
    ...fileName(top['networks'], wrong),
    ...(anchors !== undefined && { rootAnchors: listOf(anchors, 'rootAnchors', [], wrong, rootAnchor) }),
    ...scannersOf(top['scanners'], wrong),
  };
  if (top['references'] === undefined) return { ...defaultSettings, ...others };
  const given = object(top['references'], 'references', ['resolvers', 'portalChecks', 'hosts', 'noDns'], wrong);
  const defaults = defaultSettings.references;
  return {
    ...others,
    references: {
      resolvers: listOf(given['resolvers'], 'references.resolvers', defaults.resolvers, wrong, address),
      portalChecks: listOf(given['portalChecks'], 'references.portalChecks', defaults.portalChecks, wrong, portalCheck),
      hosts: listOf(given['hosts'], 'references.hosts', defaults.hosts, wrong, hostAndPort),
      ...(given['noDns'] !== undefined && { noDns: listOf(given['noDns'], 'references.noDns', [], wrong, address) }),
    },
  };
}

/** Whole, since nobody knows where the command is started. */
function fileName(json: unknown, wrong: Wrong): Pick<Settings, 'networks'> {
  if (json === undefined) return {};
  if (typeof json !== 'string' || !json.startsWith('/'))
    throw wrong('networks must be the whole path of a file, such as "/var/lib/GeoIP/GeoLite2-ASN.mmdb"');
  return { networks: json };
}

function scannersOf(json: unknown, wrong: Wrong): Pick<Settings, 'scanners'> {
  if (json === undefined) return {};
  const given = object(json, 'scanners', ['yaraRules', 'virusTotalKeyFile', 'virusTotal'], wrong);
  const path = (name: 'yaraRules' | 'virusTotalKeyFile', what: string) => {
    const value = given[name];
    if (value === undefined) return {};
    if (typeof value !== 'string' || !value.startsWith('/'))
      throw wrong(`scanners.${name} must be the whole path of ${what}`);
    return { [name]: value };
  };
  const service = given['virusTotal'];
  if (service !== undefined && (typeof service !== 'string' || !mayTakeKey(service)))
    throw wrong('scanners.virusTotal must be an https:// URL (http:// only for this computer itself)');
  return {
    scanners: {
      ...path('yaraRules', 'a file or folder of YARA rules, such as "/etc/whoblocked/yara"'),
      ...path('virusTotalKeyFile', 'a file that holds the key, such as "/etc/whoblocked/virustotal.key"'),
      ...(typeof service === 'string' && { virusTotal: service }),
    },
  };
}

/** A key never goes over a network in the clear. */
function mayTakeKey(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const here = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && here)) && username === '' && search === '' && hash === '';
}

/** The data of a DS record: key tag, algorithm, kind of digest, digest. */
function rootAnchor(json: unknown, where: string, wrong: Wrong): RootAnchor {
  const [, keyTag, algorithm, digestType, digest] =
    /^(\d{1,5}) (\d{1,3}) (\d{1,3}) ([0-9a-f]{40,128})$/i.exec(typeof json === 'string' ? json : '') ?? [];
  if (digest === undefined) throw wrong(`${where} must be the data of a DS record, such as "20326 8 2 E06D44B8…"`);
  return {
    keyTag: Number(keyTag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: digest.toLowerCase(),
  };
}

function object(json: unknown, where: string, keys: readonly string[], wrong: Wrong): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong(`${where} must be an object {…}`);
  const unknown = Object.keys(json).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw wrong(`${where} has no setting "${clean(unknown, 30)}"; it has ${keys.join(', ')}`);
  return { ...json };
}

/** More references than these would be a burst to third parties. */
const mostEntries = 8;

function listOf<T>(
  json: unknown,
  where: string,
  defaults: readonly T[],
  wrong: Wrong,
  entry: (json: unknown, where: string, wrong: Wrong) => T,
): readonly T[] {
  if (json === undefined) return defaults;
  if (!Array.isArray(json) || json.length > mostEntries)
    throw wrong(`${where} must be a list [...] of at most ${mostEntries}`);
  return json.map((one, i) => entry(one, `${where}[${i}]`, wrong));
}

function address(json: unknown, where: string, wrong: Wrong): string {
  if (typeof json !== 'string' || familyOf(json) === 0)
    throw wrong(`${where} must be an IP address, such as "9.9.9.9"`);
  return json;
}

function hostAndPort(json: unknown, where: string, wrong: Wrong): string {
  const parsed = typeof json === 'string' ? parseTarget(json) : null;
  if (!parsed?.ok || parsed.target.scheme !== 'tcp')
    throw wrong(`${where} must be host:port, such as "www.example.com:443"`);
  return parsed.target.input;
}

function portalCheck(json: unknown, where: string, wrong: Wrong): Settings['references']['portalChecks'][number] {
  const { url, status, body } = object(json, where, ['url', 'status', 'body'], wrong);
  const parsed = typeof url === 'string' ? parseTarget(url) : null;
  if (!parsed?.ok || parsed.target.scheme !== 'http')
    throw wrong(`${where}.url must be an http:// URL without a query`);
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) {
    throw wrong(`${where}.status must be a status from 100 to 599`);
  }
  if (typeof body !== 'string' || body.length > 1000) throw wrong(`${where}.body must be a text`);
  return { url: parsed.target.input, status, body };
}
