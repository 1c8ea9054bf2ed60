import type { BlockingRight, BrowserProfile } from '../../model/browser-facts.js';
import type { System } from '../../model/system.js';
import { isOpen } from './in-use.js';
import { list, object, readJson, text, texts } from '../json.js';

const mostBytes = 16 * 1024 * 1024;

/** The profile that Firefox opens by itself (profiles.ini, installs.ini), or null. */
export async function firefoxProfile(directory: string, { files }: System): Promise<string | null> {
  const read = await files.read(`${directory}/profiles.ini`, 64 * 1024);
  if (!read.ok) return null;
  const lines = Buffer.from(read.bytes).toString('utf8').split(/\r?\n/, 2000);
  const install = lines.findIndex((line) => line.startsWith('[Install'));
  const ofInstall = install < 0 ? undefined : lines.slice(install).find((line) => line.startsWith('Default='));
  const first = lines.find((line) => line.startsWith('Path='));
  const name = (ofInstall ?? first ?? '').replace(/^\w+=/, '').trim();
  return /^[\w .@/-]{1,200}$/.test(name) && !name.split('/').includes('..') ? name : null;
}

/** Its extensions that can block, and its proxy. Which of their rules are about the target is not to be read there. */
export async function readFirefoxProfile(
  directory: string,
  name: string,
  host: string,
  system: System,
): Promise<BrowserProfile> {
  const { files } = system;
  const path = name.startsWith('/') ? name : `${directory}/${name}`;
  const [addons, preferences, security, lock] = await Promise.all([
    readJson(files, `${path}/extensions.json`, mostBytes),
    files.read(`${path}/prefs.js`, mostBytes),
    files.read(`${path}/SiteSecurityServiceState.txt`, mostBytes),
    files.link(`${path}/lock`),
  ]);
  const extensions = list(addons.ok ? object(addons.value)['addons'] : [], 500)
    .map(object)
    .flatMap((one) => {
      if (one['active'] !== true || one['type'] !== 'extension' || one['location'] === 'app-system-defaults') return [];
      const held = texts(object(one['userPermissions'])['permissions'], 200);
      const rights: BlockingRight[] = [
        ...(held.some((right) => right.startsWith('declarativeNetRequest'))
          ? (['declarativeNetRequest'] as const)
          : []),
        ...(held.includes('webRequestBlocking') ? (['webRequest'] as const) : []),
        ...(held.includes('proxy') ? (['proxy'] as const) : []),
      ];
      const title = text(object(one['defaultLocale'])['name'], 100) || text(one['id'], 100);
      return rights.length === 0
        ? []
        : [{ id: text(one['id'], 100), name: title, version: text(one['version'], 40), rights, rules: [] }];
    });
  return {
    product: 'Firefox',
    program: null,
    directory,
    name,
    inUse: await isOpen(lock, system),
    extensions,
    forcesHttps: security.ok ? httpsOnly(Buffer.from(security.bytes).toString('latin1'), host, path) : null,
    proxy: preferences.ok ? proxyIn(Buffer.from(preferences.bytes).toString('utf8'), `${path}/prefs.js`) : null,
    secureNames: preferences.ok
      ? secureNamesIn(Buffer.from(preferences.bytes).toString('utf8'), `${path}/prefs.js`)
      : null,
    unreadable: addons.ok || addons.code === 'ENOENT' ? [] : [`${path}/extensions.json: ${addons.code}`],
  };
}

/** `shop.example:HSTS	0	20000	1767225600000,1,0`: state 1 is on, then whether names below it count. */
function httpsOnly(state: string, host: string, path: string): BrowserProfile['forcesHttps'] {
  for (const line of state.split('\n', 20_000)) {
    const [, name = '', on = '', below = ''] = /^([^:\s^]+):HSTS\s+\d+\s+\d+\s+\d+,(\d),(\d)/.exec(line) ?? [];
    if (on === '1' && name !== '' && (host === name || (below === '1' && host.endsWith(`.${name}`))))
      return { host: name, location: `${path}/SiteSecurityServiceState.txt` };
  }
  return null;
}

/** A setting of prefs.js: the last line that says it counts. Empty where none does. */
function preference(preferences: string, name: string): string {
  const at = preferences.lastIndexOf(`user_pref("${name}", `);
  return at < 0 ? '' : (/^user_pref\("[^"]+", "?([^")]{0,200})/.exec(preferences.slice(at, at + 400))?.[1] ?? '');
}

/** nsIDNSService: 2 HTTPS first, 3 HTTPS alone; 0 is off unless Firefox itself decides so, 5 is off by choice. */
function secureNamesIn(preferences: string, location: string): BrowserProfile['secureNames'] {
  const mode = preference(preferences, 'network.trr.mode');
  if (mode !== '2' && mode !== '3') return null;
  const uri = preference(preferences, 'network.trr.uri') || preference(preferences, 'network.trr.custom_uri');
  const text = `network.trr.mode ${mode} ${uri.replace(/[?#].*$/s, '')}`.trim();
  return { text, only: mode === '3', location };
}

function proxyIn(preferences: string, location: string): BrowserProfile['proxy'] {
  const value = (name: string): string => preference(preferences, `network.proxy.${name}`);
  // nsIProtocolProxyService: 1 manual, 2 by a script.
  const type = value('type');
  if (type === '2')
    return { text: `script ${value('autoconfig_url').replace(/[?#].*$/s, '')}`, location, extension: null };
  if (type !== '1') return null;
  const server = value('ssl') || value('http') || value('socks');
  const port = value('ssl_port') || value('http_port') || value('socks_port');
  return server === '' ? null : { text: `fixed ${server}:${port}`, location, extension: null };
}
