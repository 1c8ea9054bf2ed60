// The real fail2ban on a cycle's device, at its usual place, with one jail that bans whom it is told to ban.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../world/process.js';
import { writeEtc, type Device } from './device.js';

export async function startFail2ban(
  device: Device,
  jail: string,
  action: string,
  ban: readonly string[],
): Promise<void> {
  const { directory } = device;
  mkdirSync(path.join(directory, 'run/fail2ban'), { recursive: true });
  mkdirSync(path.join(directory, 'var-lib/fail2ban'), { recursive: true });
  writeFileSync(path.join(directory, 'var-lib/fail2ban/service.log'), '');
  // Its log file is outside of what a device has for itself.
  writeEtc(device, 'fail2ban/fail2ban.local', '[Definition]\nlogtarget = SYSOUT\n');
  writeEtc(
    device,
    'fail2ban/jail.local',
    `[DEFAULT]
backend = polling
[${jail}]
enabled = true
filter =
logpath = /var/lib/fail2ban/service.log
failregex = ^refused <HOST>$
maxretry = 1
bantime = 10m
action = ${action}
`,
  );
  // Debian's own jails have no log here.
  writeEtc(device, 'fail2ban/jail.d/defaults-debian.conf', '');
  device.start('fail2ban-server', ['-f']);
  const isUp = async (): Promise<boolean> => (await device.run(['fail2ban-client', 'ping'])).code === 0;
  if (!(await until(isUp, 20_000, 100))) throw new Error('fail2ban does not start');
  await device.words('fail2ban-client', 'set', jail, 'banip', ...ban);
  // The ban itself is carried out by a thread of its own.
  const isBanned = async (): Promise<boolean> => {
    const rules = await device.must('nft list ruleset');
    return ban.every((address) => rules.includes(address));
  };
  if (!(await until(isBanned, 10_000, 50))) throw new Error('fail2ban does not ban');
}
