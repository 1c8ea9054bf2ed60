// The real firewalld on a cycle's device: its own bus, its own settings, running while things are changed.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../world/process.js';
import { busConfiguration } from '../world/firewalld.js';
import type { Device } from './device.js';

export async function startFirewalld(device: Device): Promise<void> {
  const { directory } = device;
  // At its usual place, in a /run of its own: as root the command hands on no variables to the programs that it runs.
  writeFileSync(path.join(directory, 'bus.conf'), busConfiguration('/run/dbus/system_bus_socket'));
  await device.must('mkdir -p /run/firewalld /run/dbus');
  const socket = path.join(directory, 'run/dbus/system_bus_socket');
  device.start('dbus-daemon', [`--config-file=${directory}/bus.conf`, '--nofork', '--nopidfile']);
  if (!(await until(() => existsSync(socket), 10_000, 20))) throw new Error('the bus does not start');
  device.start('firewalld', ['--nofork', '--nopid', '--log-file', `${directory}/firewalld.log`]);
  const isRunning = async (): Promise<boolean> => (await firewallCmd(device, '--state')).includes('running');
  if (!(await until(isRunning, 30_000, 200))) throw new Error('firewalld does not start');
}

export async function firewallCmd(device: Device, ...words: readonly string[]): Promise<string> {
  return (await device.run(['firewall-cmd', ...words])).stdout;
}
