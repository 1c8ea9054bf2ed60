import type { InterfaceFact } from '../../model/facts.js';
import type { System } from '../../model/system.js';
import { type Lease, readLeases } from './dhclient-leases.js';

/** Where dhclient keeps its leases: Debian, Red Hat, NetworkManager. */
const leaseDirectories = ['/var/lib/dhcp', '/var/lib/dhclient', '/var/lib/NetworkManager'];
const leaseFile = /^dhclient.*\.leases?$/;
const mostFiles = 16;
const mostBytes = 128 * 1024;

export interface KeptLease {
  readonly device: string;
  readonly location: string;
  readonly lease: Lease;
}

type Held = Pick<InterfaceFact, 'name' | 'addresses'>;

/** The last lease of each interface that dhclient has kept, where it still runs and the interface has its address. */
export async function dhclientLeases(devices: readonly Held[], system: System): Promise<KeptLease[]> {
  const now = system.clock.wall().getTime();
  const paths: string[] = [];
  for (const directory of leaseDirectories) {
    // oxlint-disable-next-line no-await-in-loop -- three directories, mostly missing
    const names = (await system.files.list(directory, 256)) ?? [];
    paths.push(...names.filter((name) => leaseFile.test(name)).map((name) => `${directory}/${name}`));
  }
  const found: KeptLease[] = [];
  for (const path of paths.slice(0, mostFiles)) {
    // oxlint-disable-next-line no-await-in-loop -- files of a few hundred bytes
    const file = await system.files.tail(path, mostBytes);
    const leases = file.ok ? readLeases(Buffer.from(file.bytes).toString('latin1')) : [];
    for (const { name, addresses } of devices) {
      const lease = leases.findLast(({ device }) => device === name);
      if (!lease || (lease.expires !== null && lease.expires <= now)) continue;
      if (addresses.some(({ address }) => address === lease.address))
        found.push({ device: name, location: path, lease });
    }
  }
  return found;
}
