import { familyOf } from '../../model/address.js';
import { fact, type InterfaceFact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { Connector } from '../../model/route-operations.js';
import type { System } from '../../model/system.js';
import { readLeases } from '../../inspectors/leases/dhclient-leases.js';
import { interfaceName } from '../../operations/routes/unicast-route.js';
import { managerOf } from './link-manager.js';

interface Looks {
  /** Interfaces that get their address from the network, each with who asks for it. */
  readonly clients: readonly { readonly device: string; readonly by: Connector; readonly because: string }[];
}

const mostInterfaces = 4;
const mostBytes = 256 * 1024;

/** The network is asked for address, router and name servers anew, by the client of DHCP that looks after the interface. */
export const remedy: Remedy<Looks> = {
  id: 'renew-lease',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'asks the network for an address, a router and name servers anew (DHCP)',
  // Whether the interface has its address from the network at all is not known before its settings are read.
  offers: () => false,
  concerns: (ailment) => interfacesOf(ailment).length > 0,
  async look(ailment, { system }) {
    const found = await Promise.all(
      interfacesOf(ailment).map(async (one) => {
        const client = await clientOf(one, system);
        return client === null ? [] : [{ device: one.name, ...client }];
      }),
    );
    return { clients: found.flat() };
  },
  plan(ailment, { clients }): Plan | { readonly whyNot: string } {
    const devices = interfacesOf(ailment);
    const [client] = clients;
    if (devices.length === 0) return { whyNot: 'no interface is known that could be given an address anew' };
    if (client === undefined)
      return { whyNot: 'no client of DHCP on this computer is known to look after its network' };
    const has = devices.find(({ name }) => name === client.device);
    return {
      title: `asks the network of ${client.device} for its settings anew (${client.because})`,
      operations: [{ kind: 'link-connect', device: client.device, by: client.by }],
      opens: [],
      wider: false,
      // A session by the present address ends with it.
      mayCutOff: has?.addresses.some(({ address, scope }) => familyOf(address) === 4 && scope === 'global') === true,
      notes: ['addresses, routes and name servers become what the network says now'],
    };
  },
};

/** The interface that is blamed, or by which the blamed router would be reached; else each that could be meant. */
function interfacesOf({ verdict: { culprit }, facts }: Ailment): InterfaceFact[] {
  const usable = (fact(facts, 'device.interfaces') ?? []).filter(
    ({ name, up, carrier, kind }) =>
      up && carrier !== false && kind !== 'loopback' && name !== 'lo' && interfaceName.test(name) && !isMade(kind),
  );
  if (culprit?.kind === 'interface') return usable.filter(({ name }) => name === culprit.name).slice(0, 1);
  if (culprit?.kind === 'route' && familyOf(culprit.address ?? '') === 6) return [];
  const defaults = fact(facts, 'device.routes')?.defaults ?? [];
  const device = defaults.find(({ via }) => via !== null && via === culprit?.address)?.device;
  return (device === undefined ? usable : usable.filter(({ name }) => name === device)).slice(0, mostInterfaces);
}

/** By a program, on this very computer. */
function isMade(kind: string | null): boolean {
  return /^(?:bridge|dummy|ifb|vxlan|tun|wireguard|gre|ipip|sit|vti|xfrm|none)$/.test(kind ?? '');
}

type Client = { readonly by: Connector; readonly because: string };

async function clientOf({ name, index }: InterfaceFact, system: System): Promise<Client | null> {
  const manager = await managerOf(name, index, system);
  if (manager.is === 'NetworkManager')
    return manager.method === 'auto' ? { by: 'NetworkManager', because: 'NetworkManager asks for it' } : null;
  if (manager.is === 'networkd')
    return manager.dhcp ? { by: 'networkd-reconfigure', because: 'systemd-networkd asks for it' } : null;
  for (const [by, files] of Object.entries(pidFiles(name)) as [Connector, string[]][])
    for (const file of files)
      if (await system.files.exists(file)) return { by, because: `${by} runs for it (${file})` };
  return (await fromLeases(name, system)) ?? fromInterfaces(name, system);
}

function pidFiles(name: string): Partial<Record<Connector, string[]>> {
  return {
    dhclient: [`/run/dhclient.${name}.pid`],
    udhcpc: [`/run/udhcpc.${name}.pid`],
    dhcpcd: ['/run/dhcpcd/pid', '/run/dhcpcd.pid', `/run/dhcpcd/${name}.pid`, `/run/dhcpcd-${name}.pid`],
  };
}

/** dhclient does not run any more, and had a lease for it. */
async function fromLeases(name: string, system: System): Promise<Client | null> {
  for (const file of ['/var/lib/dhcp/dhclient.leases', `/var/lib/dhcp/dhclient.${name}.leases`]) {
    const text = await textOf(file, system);
    if (readLeases(text).some(({ device }) => device === name))
      return { by: 'dhclient', because: `${file} holds its last lease` };
  }
  return null;
}

/** `iface eth0 inet dhcp` (interfaces(5)): ifupdown takes the first client that is installed (its inet.defn). */
async function fromInterfaces(name: string, system: System): Promise<Client | null> {
  const names = (await system.files.list('/etc/network/interfaces.d', 32)) ?? [];
  const files = ['/etc/network/interfaces', ...names.map((one) => `/etc/network/interfaces.d/${one}`)];
  for (const file of files) {
    const lines = (await textOf(file, system)).split('\n');
    const at = lines.findIndex((line) => line.trim().split(/\s+/).join(' ') === `iface ${name} inet dhcp`);
    if (at < 0) continue;
    for (const by of ['dhclient', 'dhcpcd', 'udhcpc'] as const)
      for (const folder of ['/sbin', '/usr/sbin', '/usr/local/sbin', '/usr/bin'])
        if (await system.files.exists(`${folder}/${by}`)) return { by, because: `${file}:${at + 1} says so` };
  }
  return null;
}

async function textOf(path: string, { files }: System): Promise<string> {
  const read = await files.read(path, mostBytes);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : '';
}
