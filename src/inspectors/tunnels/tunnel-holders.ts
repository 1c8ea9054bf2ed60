import type { Files } from '../../model/system.js';
import type { TunnelHolder } from '../../model/tunnel-facts.js';

const mostProcesses = 20_000;
const mostDescriptors = 256;
const atOnce = 64;

/**
 * Which program serves which tunnel interface: it holds /dev/net/tun open, and `iff:` in /proc/PID/fdinfo names the interface
 * (drivers/net/tun.c, tun_chr_show_fdinfo). Only root sees what others' programs hold. A name is one of the program's own
 * network: another network's tun0 (a container's) is another interface.
 */
export async function tunnelHolders(files: Files): Promise<ReadonlyMap<string, TunnelHolder>> {
  const pids = ((await files.list('/proc', 100_000)) ?? [])
    .filter((name) => /^\d+$/.test(name))
    .slice(0, mostProcesses);
  const found = new Map<string, TunnelHolder>();
  const own = await files.link('/proc/self/ns/net');
  for (let at = 0; at < pids.length; at += atOnce) {
    // oxlint-disable-next-line no-await-in-loop -- thousands of files at once are too many
    const some = await Promise.all(pids.slice(at, at + atOnce).map((pid) => heldBy(pid, own, files)));
    for (const [device, holder] of some.flat()) if (!found.has(device)) found.set(device, holder);
  }
  return found;
}

async function heldBy(pid: string, own: string | null, files: Files): Promise<(readonly [string, TunnelHolder])[]> {
  const held: (readonly [string, TunnelHolder])[] = [];
  for (const number of ((await files.list(`/proc/${pid}/fd`, 4_096)) ?? []).slice(0, mostDescriptors)) {
    // oxlint-disable-next-line no-await-in-loop -- one program's descriptors
    if ((await files.link(`/proc/${pid}/fd/${number}`)) !== '/dev/net/tun') continue;
    // oxlint-disable-next-line no-await-in-loop -- few programs get here
    if ((await files.link(`/proc/${pid}/ns/net`)) !== own) continue;
    // oxlint-disable-next-line no-await-in-loop -- few programs get here
    const [info, name] = await Promise.all([
      files.read(`/proc/${pid}/fdinfo/${number}`, 4_096),
      files.read(`/proc/${pid}/comm`, 64),
    ]);
    const device = info.ok ? /^iff:\s*(\S{1,15})$/m.exec(text(info.bytes))?.[1] : undefined;
    if (device !== undefined && name.ok) held.push([device, { pid: Number(pid), process: text(name.bytes).trim() }]);
  }
  return held;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
