import { createHash } from 'node:crypto';
import type { BlockingRight, BrowserExtension, BrowserProfile } from '../../model/browser-facts.js';
import type { System } from '../../model/system.js';
import { blockingRules } from './blocking-rules.js';
import { isOpen } from './in-use.js';
import { type Json, list, object, readJson, text, texts } from '../json.js';

const mostPreferences = 32 * 1024 * 1024;
const mostRules = 32 * 1024 * 1024;
const mostExtensions = 100;
const mostRulesets = 100;
/** extensions::Manifest::Location of parts of the browser itself: COMPONENT, EXTERNAL_COMPONENT. */
const ownParts = new Set([5, 10]);
const rights: readonly BlockingRight[] = ['declarativeNetRequest', 'webRequest', 'proxy'];

const mostDamaged = 10;

/** The profile that was used last, of a Chromium-like browser's directory. Null when there is none. */
export async function lastUsedProfile(directory: string, { files }: System): Promise<string | null> {
  if (!(await files.exists(directory))) return null;
  const state = await readJson(files, `${directory}/Local State`, mostPreferences);
  const named = state.ok ? text(object(object(state.value)['profile'])['last_used']) : '';
  const name = /^[\w .-]{1,80}$/.test(named) && !/^\.+$/.test(named) ? named : 'Default';
  return (await files.exists(`${directory}/${name}/Preferences`)) ? name : null;
}

/** What of a profile can stop or turn a page: read as data, never opened by the browser. */
export async function readProfile(
  product: string,
  program: string | null,
  directory: string,
  name: string,
  url: URL,
  system: System,
): Promise<BrowserProfile> {
  const { files } = system;
  const path = `${directory}/${name}`;
  const [preferences, secure, state, local, lock] = await Promise.all([
    readJson(files, `${path}/Preferences`, mostPreferences),
    readJson(files, `${path}/Secure Preferences`, mostPreferences),
    readJson(files, `${path}/TransportSecurity`, mostPreferences),
    readJson(files, `${directory}/Local State`, mostPreferences),
    files.link(`${directory}/SingletonLock`),
  ]);
  const unreadable = [
    ...(preferences.ok ? [] : [`${path}/Preferences: ${preferences.code}`]),
    ...(secure.ok || secure.code === 'ENOENT' ? [] : [`${path}/Secure Preferences: ${secure.code}`]),
  ];
  const plain = preferences.ok ? object(preferences.value) : {};
  const guarded = secure.ok ? object(secure.value) : {};
  const settings = { ...settingsOf(plain), ...settingsOf(guarded) };
  const on = Object.entries(settings)
    .slice(0, mostExtensions)
    .filter(([id, one]) => isOn(id, object(one)));
  const damaged: string[] = [];
  const extensions = await Promise.all(
    on.map(([id, one]) => readExtension(id, object(one), { profile: path, url, system, damaged })),
  );
  return {
    product,
    program,
    directory,
    name,
    inUse: await isOpen(lock, system),
    extensions: extensions.filter((one) => one !== null),
    forcesHttps: state.ok ? httpsOnly(state.value, url.hostname, `${path}/TransportSecurity`) : null,
    proxy: proxyOf(plain, on, path),
    secureNames: local.ok ? secureNamesOf(object(local.value), `${directory}/Local State`) : null,
    unreadable: [...unreadable, ...damaged.toSorted().slice(0, mostDamaged)],
  };
}

function settingsOf(preferences: Json): Json {
  return object(object(preferences['extensions'])['settings']);
}

function isOn(id: string, one: Json): boolean {
  if (!/^[a-p]{32}$/.test(id) || ownParts.has(Number(one['location']))) return false;
  const disabled = one['disable_reasons'];
  return !(Array.isArray(disabled) ? disabled.length > 0 : Number(disabled ?? 0) !== 0) && one['state'] !== 0;
}

interface Reading {
  /** Its directory. */
  readonly profile: string;
  readonly url: URL;
  readonly system: System;
  /** Takes the files that are there and cannot be read, each with why. */
  readonly damaged: string[];
}

async function readExtension(
  id: string,
  one: Json,
  { profile, url, system: { files }, damaged }: Reading,
): Promise<BrowserExtension | null> {
  const given = text(one['path'], 1000);
  const path = given.startsWith('/') ? given : `${profile}/Extensions/${given}`;
  if (given === '' || given.split('/').includes('..')) return null;
  const inPreferences = object(one['manifest']);
  const read =
    Object.keys(inPreferences).length > 0
      ? null
      : await readJson(files, `${path}/manifest.json`, mostRules, 'with-comments');
  if (read?.ok === false && read.code !== 'ENOENT') damaged.push(`${path}/manifest.json: ${read.code}`);
  const manifest = read?.ok ? object(read.value) : inPreferences;
  const granted = texts(object(one['active_permissions'])['api'], 200);
  const asked = granted.length > 0 ? granted : texts(manifest['permissions'], 200);
  const held = rights.filter((right) => asked.some((name) => name.startsWith(right)));
  if (held.length === 0) return null;
  const sets = await Promise.all(
    rulesetsOf(one, manifest).map(async (file) => {
      const rules = await readJson(files, `${path}/${file}`, mostRules);
      if (!rules.ok) damaged.push(`${path}/${file}: ${rules.code}`);
      return { location: `${path}/${file}`, rules: rules.ok ? rules.value : [] };
    }),
  );
  return {
    id,
    name: nameOf(manifest, id),
    version: text(manifest['version'], 40),
    rights: held,
    rules: held.includes('declarativeNetRequest') ? blockingRules(sets, url) : [],
  };
}

/** Rule files that are on: by the profile's own list where it has one, else by the manifest. */
function rulesetsOf(one: Json, manifest: Json): string[] {
  const resources = list(object(manifest['declarative_net_request'])['rule_resources'], mostRulesets).map(object);
  const chosen = one['dnr_enabled_ruleset_ids'] ?? one['dnr_enabled_static_ruleset_ids'];
  return resources.flatMap((resource, index) => {
    const on = Array.isArray(chosen) ? chosen.includes(index + 1) : resource['enabled'] === true;
    const file = text(resource['path'], 300).replace(/^\/+/, '');
    return on && file !== '' && !file.split('/').includes('..') ? [file] : [];
  });
}

/** `__MSG_name__` stands in files of translations: the id says more than that. */
function nameOf(manifest: Json, id: string): string {
  const name = text(manifest['name'], 100);
  return name === '' || name.startsWith('__MSG_')
    ? text(manifest['short_name'], 100).replace(/^__MSG_.*/, '') || id
    : name;
}

/** HSTS: the file holds hashes of names in DNS form (net/http/transport_security_persister.cc, version 2). */
function httpsOnly(state: unknown, host: string, location: string): BrowserProfile['forcesHttps'] {
  const entries = list(object(state)['sts'], 20_000).map(object);
  const labels = host.split('.');
  for (let i = 0; i < labels.length; i++) {
    const name = labels.slice(i).join('.');
    const hash = hashOf(name);
    const held = entries.find((entry) => entry['host'] === hash && entry['mode'] === 'force-https');
    if (held && (i === 0 || held['sts_include_subdomains'] === true)) return { host: name, location };
  }
  return null;
}

function hashOf(name: string): string {
  const wire = Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);
  return createHash('sha256').update(wire).digest('base64');
}

function proxyOf(
  preferences: Json,
  on: readonly (readonly [string, unknown])[],
  path: string,
): BrowserProfile['proxy'] {
  for (const [id, one] of on) {
    const said = words(object(object(object(one)['preferences'])['proxy']));
    if (said !== null) return { text: said, location: `${path}/Preferences`, extension: id };
  }
  const own = words(object(preferences['proxy']));
  return own === null ? null : { text: own, location: `${path}/Preferences`, extension: null };
}

/** Not of the profile but of the whole directory: `dns_over_https.mode` is `off`, `automatic` or `secure`. */
function secureNamesOf(state: Json, location: string): BrowserProfile['secureNames'] {
  const said = object(state['dns_over_https']);
  const mode = text(said['mode'], 40);
  if (mode !== 'secure' && mode !== 'automatic') return null;
  const templates = text(said['templates']).replace(/[?#{].*$/s, '');
  return { text: `${mode} ${templates}`.trim(), only: mode === 'secure', location };
}

function words(proxy: Json): string | null {
  const mode = text(proxy['mode'], 40);
  if (mode === '' || mode === 'system' || mode === 'direct') return null;
  return `${mode} ${text(proxy['server']) || text(proxy['pac_url']).replace(/[?#].*$/s, '')}`.trim();
}
