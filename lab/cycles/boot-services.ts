// Services that load a file when the computer starts, with Debian's own units as the fake systemctl has them: nftables.service
// takes all rules away when it is stopped, netfilter-persistent.service none.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeEtc, type Device } from './device.js';
import { fakeSystemd } from './systemctl.js';

/** Loaded, and switched on. */
export async function nftablesService(device: Device, file: string): Promise<void> {
  writeEtc(device, 'nftables.conf', file, 0o755);
  enable(device, 'sysinit.target.wants/nftables.service');
  await device.must('nft -f /etc/nftables.conf');
  const start = ['nft', '-f', '/etc/nftables.conf'];
  fakeSystemd(device, {
    'nftables.service': { file: 'enabled', start, ready: ['true'], stop: ['nft', 'flush', 'ruleset'], idle: 'active' },
  });
}

/** netfilter-persistent with the plugins of iptables-persistent: what they run is `iptables-restore < FILE`. */
export async function netfilterPersistent(device: Device, four: string, six?: string): Promise<void> {
  mkdirSync(device.etc('iptables'), { recursive: true });
  writeEtc(device, 'iptables/rules.v4', four, 0o640);
  if (six !== undefined) writeEtc(device, 'iptables/rules.v6', six, 0o640);
  enable(device, 'multi-user.target.wants/netfilter-persistent.service');
  const load = ['iptables-restore /etc/iptables/rules.v4', ...(six === undefined ? [] : ['ip6tables-restore /etc/iptables/rules.v6'])]; // prettier-ignore
  for (const line of load) await device.must(line);
  fakeSystemd(device, {
    'netfilter-persistent.service': {
      file: 'enabled',
      start: ['sh', '-c', load.join(' && ')],
      ready: ['true'],
      stop: [],
      idle: 'active',
    },
  });
}

function enable(device: Device, link: string): void {
  mkdirSync(path.dirname(device.etc(`systemd/system/${link}`)), { recursive: true });
  writeEtc(device, `systemd/system/${link}`, '');
}
