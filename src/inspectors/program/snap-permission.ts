import type { NetworkPermission } from '../../model/program.js';
import type { System } from '../../model/system.js';
import { object, readJson } from '../json.js';

const state = '/var/lib/snapd/state.json';
const profiles = '/var/lib/snapd/apparmor/profiles';
const mostBytes = 32 * 1024 * 1024;

/**
 * snapd lets a snap use the network where its plug `network` is connected. Its own state tells that (root alone may read
 * it), and so does the profile of AppArmor that it writes for each program of a snap (interfaces/builtin/network.go).
 */
export async function snapPermission(pid: number, system: System): Promise<NetworkPermission | null> {
  const [groups, label] = await Promise.all([
    textOf(`/proc/${pid}/cgroup`, 16_384, system),
    textOf(`/proc/${pid}/attr/current`, 1_024, system),
  ]);
  const [, snap, program] =
    /^snap\.([\w-]{1,60})\.([\w-]{1,60})/.exec(label ?? '') ??
    /\/snap\.([\w-]{1,60})\.([\w-]{1,60}?)(?:[.-][0-9a-f-]{36})?\.(?:service|scope)/.exec(groups ?? '') ??
    [];
  if (snap === undefined || program === undefined) return null;
  const told = await byState(snap, system);
  if (told) return told;
  const path = `${profiles}/snap.${snap}.${program}`;
  const profile = await textOf(path, 1024 * 1024, system);
  if (profile === null) return null;
  // One without confinement allows everything in its first rules.
  const allowed = /# Description: Can access the network as a client|^\s*network,/m.test(profile);
  return { by: 'snap', app: snap, allowed, decided: null, location: path };
}

/** `"conns": { "firefox:network core:network": { "interface": "network", "auto": true, "undesired": true } }` */
async function byState(snap: string, system: System): Promise<NetworkPermission | null> {
  const file = await readJson(system.files, state, mostBytes);
  const connections = file.ok ? object(object(file.value)['data'])['conns'] : undefined;
  if (connections === undefined) return null;
  const own = Object.entries(object(connections))
    .slice(0, 20_000)
    .filter(([name]) => name.startsWith(`${snap}:`))
    .map(([, one]) => object(one))
    .filter((one) => one['interface'] === 'network');
  const connected = own.find((one) => one['undesired'] !== true);
  const by = { by: 'snap', app: snap, location: state } as const;
  if (connected) return { ...by, allowed: true, decided: connected['auto'] === true ? 'package' : 'setting' };
  // snapd remembers what somebody has disconnected, so that it does not connect it again.
  return { ...by, allowed: false, decided: own.length > 0 ? 'setting' : 'package' };
}

async function textOf(path: string, most: number, { files }: System): Promise<string | null> {
  const read = await files.read(path, most);
  return read.ok && !read.truncated ? Buffer.from(read.bytes).toString('utf8') : null;
}
