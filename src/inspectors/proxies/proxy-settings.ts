import { settingOf } from '../../model/choose-proxy.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { ProxyScript, ProxySetting, ProxySettings } from '../../model/proxy-facts.js';
import { scriptFrom } from '../../model/script-url.js';
import type { System } from '../../model/system.js';
import type { Reader, Reading, Written } from './found.js';
import { ownHome, ownSettings } from '../accounts/home.js';
import { homePlaces, type Place, systemPlaces } from './places.js';
import { readGsettings } from './read-desktop.js';

const mostBytes = 64 * 1024;
const mostFiles = 64;
const mostSettings = 32;
const desktopMs = 600;
const variables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

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
    const [readings, desktop] = await Promise.all([
      Promise.all(places.map((place) => readPlace(place, context))),
      home === null ? [] : desktopSettings(home, context),
    ]);
    const all = [...readings.flat(), ...desktop];
    const settings = [
      ...fromEnvironment(context).filter((one) => one.name !== used?.name),
      ...all.flatMap(({ written }) => written.filter((one) => one.text !== '').map(settingFrom)),
    ];
    const scripts = all.flatMap((one) => one.scripts ?? []).slice(0, 4);
    const detects = all.flatMap(({ detect }) => detect ?? []).slice(0, 4);
    const announced = detects.some(({ dhcp }) => dhcp) ? await scriptsOfDhcp(context) : [];
    const value: ProxySettings = {
      settings: unique(settings).slice(0, mostSettings),
      scripts: scripts.map(({ url, location }) => scriptFrom(url, location)),
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

/** What files of this device's own set, for whoever would change them: as root, those that root alone can write. */
export async function settingsInFiles(system: System): Promise<readonly ProxySetting[]> {
  const readings = await Promise.all(systemPlaces.map((place) => readPlace(place, { system })));
  return readings.flat().flatMap(({ written }) => written.filter((one) => one.text !== '').map(settingFrom));
}

function fromEnvironment({ system }: Context): ProxySetting[] {
  return variables.flatMap((name) => {
    const text = system.environment(name)?.trim() ?? '';
    return text === '' ? [] : [settingOf(name, 'environment', text)];
  });
}

async function readPlace({ path, ending, reader }: Place, { system }: Pick<Context, 'system'>): Promise<Reading[]> {
  if (ending === undefined) return readFile(path, reader, system);
  const names = (await system.files.list(path, mostFiles)) ?? [];
  const wanted = names.filter((name) => !/[/\0]/.test(name) && name.endsWith(ending));
  return (await Promise.all(wanted.map((name) => readFile(`${path}/${name}`, reader, system)))).flat();
}

async function readFile(path: string, reader: Reader, system: System): Promise<Reading[]> {
  const read = await system.files.read(path, mostBytes);
  return read.ok ? [reader(textOf(read.bytes), path)] : [];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** GNOME keeps a user's settings in a database of its own: its own program lists them. */
async function desktopSettings(home: string, { system, signal }: Context): Promise<Reading[]> {
  // Where there is no database of this user's nothing was ever set, and the program takes 20 ms or more to say so.
  if (!(await system.files.exists(`${ownSettings(system) ?? home}/dconf`))) return [];
  const args = ['list-recursively', 'org.gnome.system.proxy'];
  const { exit, stdout } = await system.run('gsettings', args, { timeoutMs: desktopMs, maxBytes: mostBytes, signal });
  return exit === 0 ? [readGsettings(stdout, '')] : [];
}

function settingFrom({ name, location, text }: Written): ProxySetting {
  return settingOf(name.slice(0, 100), location.slice(0, 300), text);
}

function unique(settings: readonly ProxySetting[]): ProxySetting[] {
  const key = ({ name, location }: ProxySetting): string => `${name} ${location}`;
  return [...new Map(settings.map((one) => [key(one), one])).values()];
}
