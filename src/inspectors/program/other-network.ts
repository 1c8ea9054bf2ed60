import { unitFiles } from '../services/unit-files.js';
import type { NamedProcess, OtherNetwork } from '../../model/program.js';
import type { System } from '../../model/system.js';
import { cgroupOf } from './read-process.js';

const mostParents = 64;

/** Settings of a unit that give it a network of its own (systemd.exec(5)). */
const ownNetworkSetting = /^[ \t]*((?:PrivateNetwork|NetworkNamespacePath|JoinsNamespaceOf)=[^\n]{1,200})$/m;

/** Who made the network that a process is in, and that others are not in. */
export async function otherNetwork(pid: number, system: System): Promise<OtherNetwork> {
  const { files } = system;
  const own = await files.link(`/proc/${pid}/ns/net`);
  let first: NamedProcess | null = null;
  let starter: NamedProcess | null = null;
  let at = pid;
  for (let level = 0; level < mostParents && at > 0; level += 1) {
    const [link, status] = await Promise.all([files.link(`/proc/${at}/ns/net`), textOf(`/proc/${at}/status`, system)]);
    if (link === null || own === null || status === null) break;
    const named: NamedProcess = { pid: at, process: /^Name:\t([^\n]{0,64})$/m.exec(status)?.[1] ?? '' };
    if (link !== own) {
      starter = named;
      break;
    }
    first = named;
    at = Number(/^PPid:\s*(\d{1,10})$/m.exec(status)?.[1] ?? 0);
  }
  return { first, starter, unit: await unitOf(pid, system) };
}

async function unitOf(pid: number, system: System): Promise<OtherNetwork['unit']> {
  const group = cgroupOf((await textOf(`/proc/${pid}/cgroup`, system)) ?? '') ?? '';
  const name = /\/([\w@:.\\-]{1,200}\.service)(?:\/|$)/.exec(group)?.[1];
  if (name === undefined) return null;
  for (const location of (await unitFiles(name, system.files)).toReversed()) {
    const setting = ownNetworkSetting.exec((await textOf(location, system)) ?? '')?.[1];
    if (setting !== undefined) return { name, location, setting: setting.trim() };
  }
  return null;
}

async function textOf(path: string, { files }: System): Promise<string | null> {
  const read = await files.read(path, 64 * 1024);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
}
