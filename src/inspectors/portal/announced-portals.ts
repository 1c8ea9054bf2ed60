import { familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts, type InterfaceFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { AnnouncedPortal } from '../../model/portal-facts.js';
import { dhcpcdOption } from '../leases/dhcpcd-leases.js';
import { dhclientLeases } from '../leases/kept-leases.js';

const mostBytes = 128 * 1024;
const mostDevices = 3;
const longestUrl = 1000;
const programMs = 700;

/**
 * Whether the network has said at which address its portal is to be asked (RFC 8910): what the programs that speak DHCP and
 * hear router advertisements have kept of it; where they have nothing, its routers are asked on the link itself (as root).
 * Leases of other times and networks do not count.
 */
export const announcedPortals: Gatherer<'portal.announced'> = {
  fact: 'portal.announced',
  needs: ['device.interfaces', 'device.routes'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 1_400 },
  whenLate: { afterMs: 1_000 },
  whenNameless: true,
  async gather(facts, context) {
    const devices = waysOut(facts);
    if (devices.length === 0) return skipped('there is no way out to a network that could have a portal');
    const { files } = context.system;
    const [networkd, manager, dhcpcd] = await Promise.all([
      files.exists('/run/systemd/netif/state'),
      files.exists('/run/NetworkManager'),
      files.exists('/run/dhcpcd'),
    ]);
    const found = await Promise.all([
      byDhclient(devices, context),
      ...devices.flatMap((device) => [
        networkd ? byNetworkd(device.name, context) : [],
        manager ? byNetworkManager(device.name, context) : [],
        ...(dhcpcd
          ? [byDhcpcdFile(device, context), byDhcpcd(device.name, '-4', context), byDhcpcd(device.name, '-6', context)]
          : []),
      ]),
    ]);
    const kept = found.flat();
    const asked = kept.length > 0 ? [] : await Promise.all(devices.map((device) => byRouters(device, context)));
    const portals = [...kept, ...asked.flat()].filter(
      ({ url }) => url.length <= longestUrl && /^https?:\/\/[\x21-\x7e]+$/i.test(url),
    );
    return known(
      [...new Map(portals.map((one) => [`${one.device} ${one.url}`, one])).values()],
      'DHCP and router advertisements',
    );
  },
};

/** Interfaces that packets to the outside leave by. */
function waysOut(facts: Facts): InterfaceFact[] {
  const routes = fact(facts, 'device.routes');
  const names = new Set([...(routes?.defaults ?? []), ...(routes?.choices ?? [])].map(({ device }) => device));
  return (fact(facts, 'device.interfaces') ?? [])
    .filter(({ name, up }) => up && name !== 'lo' && names.has(name))
    .slice(0, mostDevices);
}

async function byDhclient(devices: readonly InterfaceFact[], { system }: Context): Promise<AnnouncedPortal[]> {
  const kept = await dhclientLeases(devices, system);
  return kept.flatMap(({ device, location, lease }) =>
    lease.portal === null ? [] : [{ url: lease.portal, device, location }],
  );
}

/** systemd-networkd keeps it in memory, from DHCP and router advertisements alike. */
async function byNetworkd(device: string, { system, signal }: Context): Promise<AnnouncedPortal[]> {
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const { exit, stdout } = await system.run('networkctl', ['--json=short', 'status', '--', device], options);
  if (exit !== 0) return [];
  const url = /"CaptivePortal":"((?:[^"\\]|\\.){1,1000})"/.exec(stdout)?.[1];
  return url === undefined ? [] : [{ url: url.replaceAll('\\/', '/'), device, location: 'networkctl status' }];
}

/** "captive_portal" by NetworkManager's own client; "default_url" where it is an older one. */
async function byNetworkManager(device: string, { system, signal }: Context): Promise<AnnouncedPortal[]> {
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const words = ['-t', '-e', 'no', '-f', 'DHCP4.OPTION', 'device', 'show', device];
  const { exit, stdout } = await system.run('nmcli', words, options);
  if (exit !== 0) return [];
  const url = /^DHCP4\.OPTION\[\d+\]:(?:captive_portal|default_url) = (\S{1,1000})$/m.exec(stdout)?.[1];
  return url === undefined ? [] : [{ url, device, location: 'nmcli device show' }];
}

/** What came is there whatever dhcpcd was told to ask for; the file is root's. */
async function byDhcpcdFile(device: InterfaceFact, { system }: Context): Promise<AnnouncedPortal[]> {
  const kept = await dhcpcdOption(device, 114, system);
  if (kept === null) return [];
  return [{ url: kept.value.toString('latin1').replace(/\0+$/, ''), device: device.name, location: kept.location }];
}

/**
 * What dhcpcd tells anybody of DHCP (`-4`) or of router advertisements and DHCPv6 (`-6`); without a family it gives up where
 * both are there (measured, 9.4.1). That version knows option 37 only where its settings define it, newer ones by themselves.
 */
async function byDhcpcd(device: string, family: '-4' | '-6', { system, signal }: Context): Promise<AnnouncedPortal[]> {
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const { exit, stdout } = await system.run('dhcpcd', [family, '-U', device], options);
  if (exit !== 0) return [];
  const url = /^(?:nd\d{1,3}_|dhcp6_)?(?:captive_portal_uri|default_url)='?([^\s']{1,1000})'?$/m.exec(stdout)?.[1];
  return url === undefined ? [] : [{ url, device, location: `dhcpcd ${family} -U ${device}` }];
}

/** Routers wait up to half a second before they answer (RFC 4861, 6.2.6). */
const routersMs = 600;

/** Only where IPv6 is there: one question to all routers of the link, which none of them passes on. */
async function byRouters({ name, index, addresses }: InterfaceFact, context: Context): Promise<AnnouncedPortal[]> {
  const { links } = context.system;
  const source = addresses.find(({ address }) => scopeOf(address) === 'link-local' && familyOf(address) === 6);
  if (!links || !source) return [];
  const waitMs = Math.min(routersMs, context.remaining() / 4);
  const words = await links.routersSay({ index, source: source.address, waitMs }, context.signal);
  if (typeof words === 'string') return [];
  return words.flatMap(({ from, portal }) =>
    portal === null ? [] : [{ url: portal, device: name, location: `router advertisement of ${from} on ${name}` }],
  );
}
