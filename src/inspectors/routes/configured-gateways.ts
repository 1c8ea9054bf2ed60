import { familyOf } from '../../model/address.js';
import type { System } from '../../model/system.js';

/** A router that this computer's own settings or its lease name. */
export interface ConfiguredGateway {
  readonly address: string;
  /** Null where the file does not say which. */
  readonly device: string | null;
  readonly location: string;
}

const mostBytes = 256 * 1024;
const mostFiles = 32;

/** Files that hold it, each with how it is written there. */
const folders = [
  { folder: '/etc/network/interfaces.d', ending: '', read: ofInterfaces },
  { folder: '/etc/systemd/network', ending: '.network', read: ofNetworkd },
  { folder: '/run/systemd/netif/leases', ending: '', read: ofLease },
  { folder: '/etc/NetworkManager/system-connections', ending: '.nmconnection', read: ofKeyfile },
  { folder: '/var/lib/dhcp', ending: '.leases', read: ofDhclient },
] as const;

type Read = (text: string) => readonly Omit<ConfiguredGateway, 'location'>[];

export async function configuredGateways({ files }: Pick<System, 'files'>): Promise<ConfiguredGateway[]> {
  const found: ConfiguredGateway[] = [];
  const take = async (path: string, read: Read): Promise<void> => {
    const file = await files.read(path, mostBytes);
    if (!file.ok) return;
    const all = read(Buffer.from(file.bytes).toString('utf8'));
    for (const one of all) if (familyOf(one.address) !== 0) found.push({ ...one, location: path });
  };
  await take('/etc/network/interfaces', ofInterfaces);
  for (const { folder, ending, read } of folders) {
    const names = (await files.list(folder, mostFiles)) ?? [];
    for (const name of names) if (!name.includes('/') && name.endsWith(ending)) await take(`${folder}/${name}`, read);
  }
  return found.slice(0, 16);
}

/** interfaces(5): `iface eth0 inet static`, then `gateway 192.168.7.1`. */
function ofInterfaces(text: string): Omit<ConfiguredGateway, 'location'>[] {
  let device: string | null = null;
  return text.split('\n').flatMap((line) => {
    device = /^\s*iface\s+(\S+)/.exec(line)?.[1] ?? device;
    const address = /^\s*gateway\s+(\S+)/.exec(line)?.[1];
    return address === undefined ? [] : [{ address, device }];
  });
}

/** systemd.network(5): `Name=` of [Match], `Gateway=` of [Network] and [Route]. */
function ofNetworkd(text: string): Omit<ConfiguredGateway, 'location'>[] {
  const name = /^\s*Name=\s*([\w.:@-]+)\s*$/m.exec(text)?.[1] ?? null;
  return [...text.matchAll(/^\s*Gateway=\s*([\da-fA-F.:]+)\s*$/gm)].map(([, address = '']) => ({
    address,
    device: name,
  }));
}

/** systemd-networkd's lease (sd-dhcp-lease.c): `ROUTER=192.168.7.1 …`. */
function ofLease(text: string): Omit<ConfiguredGateway, 'location'>[] {
  const routers = /^ROUTER=(.+)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  return routers.map((address) => ({ address, device: null }));
}

/** nm-settings-keyfile(5): `gateway=`, or behind an address: `address1=192.168.7.20/24,192.168.7.1`. */
function ofKeyfile(text: string): Omit<ConfiguredGateway, 'location'>[] {
  const device = /^interface-name=([\w.:@-]+)$/m.exec(text)?.[1] ?? null;
  const found = [
    ...text.matchAll(/^gateway=([\da-fA-F.:]+)$/gm),
    ...text.matchAll(/^address\d*=[^,\n]+,([\da-fA-F.:]+)$/gm),
  ];
  return found.map(([, address = '']) => ({ address, device }));
}

/** dhclient.leases(5): the last lease counts. */
function ofDhclient(text: string): Omit<ConfiguredGateway, 'location'>[] {
  const lease = text.slice(text.lastIndexOf('lease {'));
  const device = /^\s*interface "([\w.:@-]+)";/m.exec(lease)?.[1] ?? null;
  const routers = /^\s*option routers ([^;]+);/m.exec(lease)?.[1]?.split(/,\s*/) ?? [];
  return routers.map((address) => ({ address: address.trim(), device }));
}
