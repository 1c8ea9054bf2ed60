import { applySteps } from '../world/apply.js';
import { must } from '../world/process.js';
import { filterRule, ip } from '../world/steps.js';
import type { Cycle } from './cycle.js';
import type { Device } from './device.js';

/** The way back carries 1420 bytes in silence, and this computer passes packets on for others. */
export const narrowWay = {
  remedy: 'clamp-mss',
  target: 'http://four.example.com:8080/',
  async breaks(device: Device) {
    await device.must('sysctl -q -w net.ipv4.ip_forward=1');
    await applySteps(device.world, [
      ip('edge', 'link set uplink mtu 1420'),
      filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
    ]);
  },
  async mends(device: Device) {
    const { world } = device;
    await device.must('sysctl -q -w net.ipv4.ip_forward=0');
    await applySteps(world, [ip('edge', 'link set uplink mtu 1500')]);
    await must(...world.inside('edge', 'nft', 'delete', 'table', 'inet', 'lab'));
  },
} satisfies Partial<Cycle>;

/**
 * A computer without nft, where iptables works by that backend: a fake of nft that is not there for the command (and is for
 * the lab, which looks with it). Somebody has used the tables already, so that they are there.
 */
export async function onlyIptables(device: Device, backend: 'nft' | 'legacy'): Promise<void> {
  device.fake('nft', `#!/bin/sh\ngrep -q worker /proc/$PPID/cmdline && exec /no/such/nft\nexec /usr/sbin/nft "$@"\n`);
  for (const program of ['iptables', 'ip6tables']) {
    if (backend === 'legacy') device.fake(program, `#!/bin/sh\nexec /usr/sbin/${program}-legacy "$@"\n`);
    await device.must(`${program}-${backend} -t mangle -A PREROUTING -m mark --mark 7 -j MARK --set-mark 8`);
    await device.must(`${program}-${backend} -t mangle -A POSTROUTING -m mark --mark 7 -j MARK --set-mark 8`);
  }
}
