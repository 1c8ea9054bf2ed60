import { familyOf } from '../../model/address.js';
import type { ListenerFact } from '../../model/facts.js';
import type { InboundEnd, InboundFact } from '../../model/inbound.js';
import { interfaceSetting } from '../../model/interface-setting.js';
import type { PolicyProgram } from '../../model/policy-facts.js';
import type { System } from '../../model/system.js';
import { interfacePrograms } from '../policies/interface-programs.js';
import { groupLevels } from '../policies/policies.js';
import { addressSettings, unitsOf } from '../policies/unit-settings.js';

type WayIn = Required<Pick<InboundFact, 'notForwarded' | 'toLoopback' | 'stopped' | 'programs' | 'settings'>>;
type Program = Omit<PolicyProgram, 'holder'>;

const mostPrograms = 8;

/** What decides beside the rules whether a packet that they let in comes to a program: settings, the program, the kernel. */
export async function wayIn(
  ends: readonly InboundEnd[],
  listeners: readonly ListenerFact[],
  system: System,
  signal: AbortSignal,
): Promise<WayIn> {
  const devices = [...new Set(ends.map(({ device }) => device))];
  const [notForwarded, toLoopback, stopped, seen] = await Promise.all([
    notForwardedBy(ends, system),
    loopbackAllowed(devices, system),
    stoppedOf(listeners, system),
    programsOf(devices, listeners, system, signal),
  ]);
  return { notForwarded, toLoopback, stopped, ...seen };
}

/** IPv4 asks the interface where it comes in (ip_route_input_slow), IPv6 the machine as a whole (ip6_forward). */
async function notForwardedBy(ends: readonly InboundEnd[], { files }: System): Promise<WayIn['notForwarded']> {
  const isOff = async (name: string): Promise<boolean> => (await wordOf(`/proc/sys/net/${name}`, files)) === '0';
  const [four, six] = await Promise.all([isOff('ipv4/ip_forward'), isOff('ipv6/conf/all/forwarding')]);
  const found = await Promise.all(
    ends.map(async ({ address, device }) => {
      if (familyOf(address) === 6)
        return six ? [{ family: 6 as const, device, setting: 'net.ipv6.conf.all.forwarding' }] : [];
      if (!(await isOff(`ipv4/conf/${device}/forwarding`))) return [];
      return [
        { family: 4 as const, device, setting: four ? 'net.ipv4.ip_forward' : interfaceSetting(device, 'forwarding') },
      ];
    }),
  );
  return found.flat();
}

/** Either of the two settings is enough (IN_DEV_NET_ROUTE_LOCALNET). */
async function loopbackAllowed(devices: readonly string[], { files }: System): Promise<string[]> {
  const isOn = async (name: string): Promise<boolean> =>
    (await wordOf(`/proc/sys/net/ipv4/conf/${name}/route_localnet`, files)) === '1';
  const all = await isOn('all');
  const each = await Promise.all(devices.map(async (name) => all || (await isOn(name))));
  return devices.filter((_, at) => each[at]);
}

/** State T or t of proc(5): the kernel still takes connections for it, and nobody answers them. */
async function stoppedOf(listeners: readonly ListenerFact[], { files }: System): Promise<WayIn['stopped']> {
  const known = new Map(listeners.flatMap(({ pid, process }) => (pid === null ? [] : [[pid, process] as const])));
  const found = await Promise.all(
    [...known].slice(0, mostPrograms).map(async ([pid, process]) => {
      const state = /^State:\s+(\w)/m.exec(await wordOf(`/proc/${pid}/status`, files))?.[1];
      return state === 'T' || state === 't' ? [{ pid, process }] : [];
    }),
  );
  return found.flat();
}

async function programsOf(
  devices: readonly string[],
  listeners: readonly ListenerFact[],
  system: System,
  signal: AbortSignal,
): Promise<Pick<WayIn, 'programs' | 'settings'>> {
  const { policies } = system;
  if (!policies) return { programs: [], settings: [] };
  const pids = [...new Set(listeners.flatMap(({ pid }) => pid ?? []))].slice(0, mostPrograms);
  const groups = await Promise.all(
    pids.map(async (pid) => /^0::(\/.*)$/m.exec(await wordOf(`/proc/${pid}/cgroup`, system.files))?.[1]),
  );
  const levels = [...new Set(groups.flatMap((group) => (group === undefined ? [] : groupLevels(group))))];
  const programs: Program[] = [];
  for (const level of levels) {
    const found = await policies.ofGroup(level);
    if (typeof found !== 'string') programs.push(...found.map((one) => ({ ...one, at: level })));
  }
  const onInterfaces = (await policies.areForInterfaces()) ? await interfacePrograms(devices, system, signal) : null;
  programs.push(...(onInterfaces?.programs ?? []));
  const asked = programs.filter(({ hook }) => hook === 'ingress' || hook === 'xdp' || hook === 'tc-ingress');
  // Such a program holds the lists of the unit that it is bound to, and of all above.
  const bound = asked.findLast(({ name }) => name.startsWith('sd_fw_'));
  return { programs: asked, settings: bound === undefined ? [] : await addressSettings(unitsOf(bound.at), system) };
}

async function wordOf(path: string, files: System['files']): Promise<string> {
  const file = await files.read(path, 16 * 1024);
  return file.ok ? Buffer.from(file.bytes).toString('utf8').trim() : '';
}
