// The real systemd-networkd on a cycle's device, which needs no systemd as the first process.
import { chownSync, mkdirSync } from 'node:fs';
import { run, until } from '../world/process.js';
import { bareInterface, startBus, startWithoutUdev } from './bus.js';
import { writeEtc, type Device } from './device.js';

/** `more` are the lines of [Network] for eth0. */
export async function startNetworkd(device: Device, more: string): Promise<void> {
  const { directory } = device;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (of) => Number((await run('id', [of, 'systemd-network'])).stdout)),
  );
  for (const folder of ['run/systemd/netif', 'run/systemd/netif/links', 'run/systemd/netif/leases']) {
    mkdirSync(`${directory}/${folder}`, { recursive: true });
    chownSync(`${directory}/${folder}`, uid ?? 0, gid ?? 0);
  }
  mkdirSync(device.etc('systemd/network'), { recursive: true });
  writeEtc(device, 'systemd/network/10-eth0.network', `[Match]\nName=eth0\n\n[Network]\n${more}`);
  await startBus(device);
  await bareInterface(device);
  startWithoutUdev(device, '/lib/systemd/systemd-networkd');
  const isUp = async (): Promise<boolean> => (await device.must('ip -4 route show default')) !== '';
  if (!(await until(isUp, 20_000, 100)))
    throw new Error(`networkd does not connect eth0: ${await device.must('tail -n 20 /run/manager.log')}`);
}
