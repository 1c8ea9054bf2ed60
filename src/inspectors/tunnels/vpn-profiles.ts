import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { VpnProfile, VpnServer } from '../../model/tunnel-facts.js';
import { openvpnProfile } from './openvpn-profile.js';

const folders = ['/etc/openvpn', '/etc/openvpn/client'];
const mostFiles = 32;
const mostBytes = 256 * 1024;
const mostNames = 4;
const lookupMs = 700;

/**
 * VPNs that are set up here. The names of their servers are looked up only where a route is left that may be to one of them.
 */
export const vpnProfiles: Gatherer<'device.vpnProfiles'> = {
  fact: 'device.vpnProfiles',
  needs: ['device.routes'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const found: VpnProfile[] = [];
    const addressesOf = lookups((fact(facts, 'device.routes')?.single ?? []).length > 0, context);
    for (const folder of folders) {
      const names = ((await context.system.files.list(folder, 256)) ?? []).filter((name) =>
        /^[^/]+\.(?:conf|ovpn)$/.test(name),
      );
      for (const name of names.toSorted().slice(0, mostFiles)) {
        const location = `${folder}/${name}`;
        const read = await context.system.files.read(location, mostBytes);
        const profile = read.ok ? openvpnProfile(Buffer.from(read.bytes).toString('utf8')) : null;
        if (profile === null) continue;
        const servers: VpnServer[] = [];
        for (const one of profile.servers) servers.push({ ...one, addresses: await addressesOf(one.host) });
        found.push({ ...profile, location, servers });
      }
    }
    return known(found, folders.join(', '));
  },
};

function lookups(areWanted: boolean, { system, signal }: Context): (host: string) => Promise<readonly string[]> {
  const asked = new Map<string, readonly string[]>();
  return async (host) => {
    if (familyOf(host) !== 0) return [host];
    const before = asked.get(host);
    if (before !== undefined) return before;
    if (!areWanted || asked.size >= mostNames || !/^[\w.-]{1,253}$/.test(host)) return [];
    const result = await system.lookup(host, 4, AbortSignal.any([signal, AbortSignal.timeout(lookupMs)]));
    const addresses = result.addresses.slice(0, 8);
    asked.set(host, addresses);
    return addresses;
  };
}
