// A message bus of a cycle's device, and programs on it that would look after this machine's network.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { until } from '../world/process.js';
import type { Device } from './device.js';

const bus = `<busconfig><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>
`;

/** NetworkManager and networkd believe that there is no udev where /sys cannot be written, as in a container. */
const withoutUdev = `exec >/run/manager.log 2>&1; mount -t sysfs -o ro sysfs /sys && exec "$@"`;

export async function startBus(device: Device): Promise<void> {
  const { directory } = device;
  mkdirSync(`${directory}/run/dbus`, { recursive: true });
  writeFileSync(`${directory}/run/bus.conf`, bus);
  device.start('dbus-daemon', ['--nofork', '--config-file=/run/bus.conf']);
  const isThere = (): boolean => existsSync(`${directory}/run/dbus/system_bus_socket`);
  if (!(await until(isThere, 10_000, 20))) throw new Error('the message bus does not start');
}

/** What it says goes to /run/manager.log. */
export function startWithoutUdev(device: Device, program: string, ...args: string[]): void {
  device.start('unshare', ['-m', 'sh', '-c', withoutUdev, '-', program, ...args]);
}

/** All that eth0 has is to be the manager's own: what is the kernel's or somebody else's would go with its next change. */
export async function bareInterface(device: Device): Promise<void> {
  for (const family of ['-4', '-6']) await device.must(`ip ${family} addr flush dev eth0 scope global`);
  for (const family of ['-4', '-6']) await device.must(`ip ${family} route flush table main proto boot`);
}
