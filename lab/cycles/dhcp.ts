// A real server of DHCP on the router of the home network, and real clients on a cycle's device.
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { unpackedPlace } from '../world/places.js';
import { ADDRESS } from '../world/topology.js';
import { writeEtc, type Device } from './device.js';

let server: ChildProcess | null = null;

/** It gives the device its usual address, the router and the provider's name server. */
export async function startDhcpServer({ world }: Device): Promise<void> {
  const leases = `${world.state}/dhcp-leases`;
  rmSync(leases, { force: true });
  const range = `--dhcp-range=${ADDRESS.device},${ADDRESS.device},10m`;
  server = world.startProgram('home', 'dnsmasq', [
    '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--interface=lan', '--bind-interfaces', '--port=0',
    '--no-ping', '--dhcp-authoritative', range, `--dhcp-option=3,${ADDRESS.home}`, `--dhcp-option=6,${ADDRESS.resolver}`,
    `--dhcp-leasefile=${leases}`, '--pid-file=',
  ]); // prettier-ignore
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/** The server, and clients that a fix has started. */
export async function endDhcp(device: Device): Promise<void> {
  server?.kill('SIGKILL');
  server = null;
  for (const name of ['dhclient', 'udhcpc', 'busybox', 'dhcpcd']) {
    const found = await device.run(['pgrep', '-x', name, '--ns', String(device.pid), '--nslist', 'mnt']);
    for (const pid of found.stdout.split('\n').filter((one) => one !== '')) await device.run(['kill', '-KILL', pid]);
  }
}

/** All that the network gave it is gone from eth0. */
export async function loseLease(device: Device): Promise<void> {
  for (const family of ['-4', '-6']) await device.must(`ip ${family} addr flush dev eth0 scope global`);
}

/** busybox' client with Debian's own script. */
export function provideUdhcpc(device: Device): void {
  const root = unpackedPlace('udhcpc') ?? '';
  mkdirSync(device.etc('udhcpc'), { recursive: true });
  cpSync(`${root}/etc/udhcpc/default.script`, device.etc('udhcpc/default.script'));
  device.fake('busybox', `#!/bin/sh\nexec ${root}/bin/busybox "$@"\n`);
  device.fake('udhcpc', `#!/bin/sh\nexec ${root}/bin/busybox udhcpc "$@"\n`);
}

/** Its hooks are where its package has them. */
export function provideDhcpcd(device: Device): void {
  const root = unpackedPlace('dhcpcd') ?? '';
  for (const folder of ['run/dhcpcd', 'var-lib/dhcpcd'])
    mkdirSync(`${device.directory}/${folder}`, { recursive: true });
  writeEtc(
    device,
    'dhcpcd.conf',
    `hostname\npersistent\nnoipv6\nnoarp\nscript ${root}/usr/lib/dhcpcd/dhcpcd-run-hooks\n`,
  );
  device.fake('dhcpcd', `#!/bin/sh\nexec ${root}/usr/sbin/dhcpcd "$@"\n`);
}
