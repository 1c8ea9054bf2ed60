import { posix } from 'node:path';
import { settingOf } from '../../model/choose-proxy.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { ProxyExemption, ProxyScript, ProxySetting, ProxySettings } from '../../model/proxy-facts.js';
import { scriptFrom } from '../../model/script-url.js';
import type { System } from '../../model/system.js';
import { browserProxies, type ReadBy } from './browser-proxies.js';
import type { Written } from './found.js';
import { ownHome, ownSettings } from '../accounts/home.js';
import { homePlaces, type Place, systemPlaces } from './places.js';
import { readGvdb } from './gvdb.js';
import { readGnome } from './read-desktop.js';

const mostBytes = 64 * 1024;
const mostFiles = 64;
const mostSettings = 32;
const mostDatabase = 1024 * 1024;
const variables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
const exemptions = ['no_proxy', 'NO_PROXY'];
const systemPaths = new Set(systemPlaces.map(({ path }) => path));

/**
 * Proxies that are set anywhere on this device, besides the one that is used: variables that do not count for this target,
 * files that login sessions and programs read, the desktop's settings. As root nothing that a user can write is read.
 */
export const proxySettings: Gatherer<'proxy.settings'> = {
  fact: 'proxy.settings',
  needs: ['proxy.choice'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const used = proxyOf(facts);
    const home = ownHome(context.system);
    const places = [
      ...systemPlaces,
      ...(home === null ? [] : homePlaces.map((place) => ({ ...place, path: `${home}/${place.path}` }))),
    ];
    const [readings, desktop, browsers] = await Promise.all([
      Promise.all(places.map((place) => readPlace(place, context))),
      desktopSettings(context.system),
      browserProxies(home, context.system),
    ]);
    const all = [...readings.flat(), ...desktop, ...browsers];
    const settings = [
      ...fromEnvironment(variables, context).flatMap((one) => (one.name === used?.name ? [] : [settingFrom(one)])),
      ...all.flatMap(({ written, by }) =>
        written.filter((one) => one.text !== '').map((one) => ({ ...settingFrom(one), by })),
      ),
    ];
    const exempts = [
      ...fromEnvironment(exemptions, context).map(exemptionFrom),
      ...all.flatMap(({ exempts: found = [], without, by }) =>
        [...found, ...(without ? [{ ...without, text: without.list }] : [])].flatMap((one) =>
          one.text === '' ? [] : [{ ...exemptionFrom(one), by }],
        ),
      ),
    ];
    const scripts = all.flatMap((one) => one.scripts ?? []).slice(0, 4);
    const detects = all.flatMap(({ detect }) => detect ?? []).slice(0, 4);
    const announced = detects.some(({ dhcp }) => dhcp) ? await scriptsOfDhcp(context) : [];
    const value: ProxySettings = {
      settings: unique(settings).slice(0, mostSettings),
      scripts: scripts.map(({ url, location }) => scriptFrom(url, location)),
      ...(exempts.length > 0 && { exempts: unique(exempts).slice(0, mostSettings) }),
      ...(detects.length > 0 && { detects }),
      ...(announced.length > 0 && { announced }),
    };
    return known(value, 'files');
  },
};

/** Loaded only where a script is looked for. */
async function scriptsOfDhcp(context: Context): Promise<readonly ProxyScript[]> {
  return (await import('../leases/announced-scripts.js')).announcedScripts(context);
}

/** What files set, for whoever would change them: of this computer, or of the user's own home. */
export async function settingsInFiles(system: System, home: string | null = null): Promise<readonly ProxySetting[]> {
  const places =
    home === null ? systemPlaces : homePlaces.map((place) => ({ ...place, path: `${home}/${place.path}` }));
  const readings = await Promise.all(places.map((place) => readPlace(place, { system })));
  return readings.flat().flatMap(({ written }) => written.filter((one) => one.text !== '').map(settingFrom));
}

function fromEnvironment(names: readonly string[], { system }: Context): Written[] {
  return names.flatMap((name) => {
    const text = system.environment(name)?.trim() ?? '';
    return text === '' ? [] : [{ name, location: 'environment', text }];
  });
}

async function readPlace(place: Place, { system }: Pick<Context, 'system'>): Promise<ReadBy[]> {
  const { path, ending } = place;
  if (ending === undefined) return readFile(path, place, system);
  const names = (await system.files.list(path, mostFiles)) ?? [];
  const wanted = names.filter((name) => !/[/\0]/.test(name) && name.endsWith(ending));
  return (await Promise.all(wanted.map((name) => readEntry(`${path}/${name}`, place, system)))).flat();
}

/** systemd's environment.d/99-environment.conf is a link to /etc/environment: what is set there has one place, not two. */
async function readEntry(path: string, place: Place, system: System): Promise<ReadBy[]> {
  const found = await readFile(path, place, system);
  if (!found.some(({ written, exempts = [] }) => written.length + exempts.length > 0)) return found;
  const link = await system.files.link(path);
  return link !== null && systemPaths.has(posix.resolve(posix.dirname(path), link)) ? [] : found;
}

async function readFile(path: string, { reader, by }: Place, system: System): Promise<ReadBy[]> {
  const read = await system.files.read(path, mostBytes);
  return read.ok ? [{ by, ...reader(textOf(read.bytes), path) }] : [];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** GNOME keeps a user's settings in a database of its own: read as it is, since asking a program takes 20 ms or more. */
async function desktopSettings(system: System): Promise<ReadBy[]> {
  const directory = system.identity.root ? null : ownSettings(system);
  if (directory === null) return [];
  const read = await system.files.read(`${directory}/dconf/user`, mostDatabase);
  return read.ok ? [{ by: 'browsers', ...readGnome(readGvdb(read.bytes, '/system/proxy/'), 'GNOME settings') }] : [];
}

function settingFrom({ name, location, text }: Written): ProxySetting {
  return settingOf(name.slice(0, 100), location.slice(0, 300), text.trim());
}

function exemptionFrom({ name, location, text }: Written): ProxyExemption {
  return { name: name.slice(0, 100), location: location.slice(0, 300), list: text.slice(0, 4000) };
}

function unique<T extends Pick<ProxySetting, 'name' | 'location'>>(settings: readonly T[]): T[] {
  const key = ({ name, location }: T): string => `${name} ${location}`;
  return [...new Map(settings.map((one) => [key(one), one])).values()];
}
