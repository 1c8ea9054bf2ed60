// The real NetworkManager on a cycle's device, with a message bus of its own. It is unpacked, not installed: it would look
// after this machine's network else.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { unpackedPlace } from '../world/places.js';
import { until } from '../world/process.js';
import { writeEtc, type Device } from './device.js';

const bus = `<busconfig><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>
`;

const settings = `[main]
plugins=keyfile
dhcp=internal
auth-polkit=false
no-auto-default=*
rc-manager=file
[connectivity]
enabled=false
`;

/** It believes that there is no udev where /sys cannot be written, as in a container (its nm-udev-utils.c). */
const start = `exec >/run/NetworkManager.log 2>&1; mount -t sysfs -o ro sysfs /sys && exec "$0" --debug`;

export const connection = '11111111-2222-4333-8444-555555555555';

/** The settings of eth0 are in system-connections/home.nmconnection: `more` are its lines behind its name. */
export async function startNetworkManager(device: Device, more: string): Promise<void> {
  const root = unpackedPlace('NetworkManager') ?? '';
  const { directory } = device;
  const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((triplet) => [`${root}/usr/lib/${triplet}`, `${root}/lib/${triplet}`]); // prettier-ignore
  const wrapped = (program: string): string =>
    `#!/bin/sh\nLD_LIBRARY_PATH=${libraries.join(':')} exec ${root}/usr/${program} "$@"\n`;
  device.fake('nmcli', wrapped('bin/nmcli'));
  device.fake('NetworkManager', wrapped('sbin/NetworkManager'));
  for (const folder of ['run/dbus', 'run/NetworkManager', 'var-lib/NetworkManager'])
    mkdirSync(`${directory}/${folder}`, { recursive: true });
  mkdirSync(device.etc('NetworkManager/system-connections'), { recursive: true });
  writeEtc(device, 'NetworkManager/NetworkManager.conf', settings);
  const profile = `[connection]\nid=home\nuuid=${connection}\ntype=ethernet\ninterface-name=eth0\n\n${more}`;
  writeEtc(device, 'NetworkManager/system-connections/home.nmconnection', profile, 0o600);
  writeFileSync(`${directory}/run/bus.conf`, bus);
  device.start('dbus-daemon', ['--nofork', '--config-file=/run/bus.conf']);
  if (!(await until(() => existsSync(`${directory}/run/dbus/system_bus_socket`), 10_000, 20)))
    throw new Error('the message bus does not start');
  // All that eth0 has is NetworkManager's own: what is the kernel's or somebody else's would go with its next change.
  for (const family of ['-4', '-6']) await device.must(`ip ${family} addr flush dev eth0 scope global`);
  for (const family of ['-4', '-6']) await device.must(`ip ${family} route flush table main proto boot`);
  device.start('unshare', ['-m', 'sh', '-c', start, '/usr/local/sbin/NetworkManager']);
  const isUp = async (): Promise<boolean> =>
    /:connected$/m.test(
      (await device.run(['nmcli', '-t', '-f', 'DEVICE,STATE', 'device'])).stdout.replace(/^lo:.*$/m, ''),
    );
  if (!(await until(isUp, 20_000, 100)))
    throw new Error(`NetworkManager does not connect eth0: ${await device.must('tail -n 20 /run/NetworkManager.log')}`);
}
