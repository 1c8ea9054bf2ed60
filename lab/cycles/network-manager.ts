// The real NetworkManager on a cycle's device, with a message bus of its own. It is unpacked, not installed: it would look
// after this machine's network else.
import { mkdirSync } from 'node:fs';
import { settings } from '../world/network-manager.js';
import { unpackedPlace, unpackedScript } from '../world/places.js';
import { until } from '../world/process.js';
import { bareInterface, startBus, startWithoutUdev } from './bus.js';
import { writeEtc, type Device } from './device.js';

export const connection = '11111111-2222-4333-8444-555555555555';

/** The settings of eth0 are in system-connections/home.nmconnection: `more` are its lines behind its name. */
export async function startNetworkManager(device: Device, more: string): Promise<void> {
  const root = unpackedPlace('NetworkManager') ?? '';
  const { directory } = device;
  device.fake('nmcli', unpackedScript(root, 'bin/nmcli'));
  device.fake('NetworkManager', unpackedScript(root, 'sbin/NetworkManager'));
  for (const folder of ['run/NetworkManager', 'var-lib/NetworkManager'])
    mkdirSync(`${directory}/${folder}`, { recursive: true });
  mkdirSync(device.etc('NetworkManager/system-connections'), { recursive: true });
  writeEtc(device, 'NetworkManager/NetworkManager.conf', settings);
  const profile = `[connection]\nid=home\nuuid=${connection}\ntype=ethernet\ninterface-name=eth0\n\n${more}`;
  writeEtc(device, 'NetworkManager/system-connections/home.nmconnection', profile, 0o600);
  await startBus(device);
  await bareInterface(device);
  startWithoutUdev(device, '/usr/local/sbin/NetworkManager', '--debug');
  const isUp = async (): Promise<boolean> =>
    /:connected$/m.test(
      (await device.run(['nmcli', '-t', '-f', 'DEVICE,STATE', 'device'])).stdout.replace(/^lo:.*$/m, ''),
    );
  if (!(await until(isUp, 20_000, 100)))
    throw new Error(`NetworkManager does not connect eth0: ${await device.must('tail -n 20 /run/manager.log')}`);
}
