import type { System } from '../../model/system.js';
import { activeConnections, askNmcli, cells, settingsOf } from '../../operations/network-manager/nmcli.js';

/** Who looks after an interface, beside the kernel. */
export type LinkManager =
  /** `method` of IPv4 is `auto` where it asks by DHCP; null where nothing is connected. */
  | { readonly is: 'NetworkManager'; readonly state: string; readonly method: string | null }
  | { readonly is: 'networkd'; readonly dhcp: boolean }
  | { readonly is: 'nobody' };

export async function managerOf(device: string, index: number, system: System): Promise<LinkManager> {
  const { files } = system;
  if (await files.exists('/run/NetworkManager')) {
    const shown = await askNmcli(['-t', '-f', 'DEVICE,STATE', 'device'], system);
    const state = shown.stdout.split('\n').map(cells).find(([name]) => name === device)?.[1]; // prettier-ignore
    if (shown.exit === 0 && state !== undefined && state !== 'unmanaged')
      return { is: 'NetworkManager', state, method: await methodOf(device, system) };
  }
  // sd-network keeps what networkd knows of each interface there (src/libsystemd/sd-network).
  const link = await textOf(`/run/systemd/netif/links/${index}`, system);
  if (link === null || !/^ADMIN_STATE=(?!unmanaged)/m.test(link)) return { is: 'nobody' };
  const file = /^NETWORK_FILE=(\/(?:etc|run|usr\/lib|lib)\/systemd\/network\/[\w.@-]{1,100})$/m.exec(link)?.[1];
  const settings = file === undefined ? null : await textOf(file, system);
  return { is: 'networkd', dhcp: /^\s*DHCP\s*=\s*(?:yes|true|1|on|both|ipv4|v4)\s*$/im.test(settings ?? '') };
}

async function methodOf(device: string, system: System): Promise<string | null> {
  const active = (await activeConnections(system)).find((one) => one.device === device);
  if (active === undefined) return null;
  return (await settingsOf(active.uuid, system).catch(() => null))?.get('ipv4.method') ?? null;
}

async function textOf(path: string, { files }: System): Promise<string | null> {
  const read = await files.read(path, 64 * 1024);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
}
