// A cache of names on a cycle's device that remembers what is not true any more: its upstream gave another address before.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { SETTINGS } from '../world/internet.js';
import { run, until } from '../world/process.js';
import { ADDRESS } from '../world/topology.js';
import { writeEtc, type Device } from './device.js';

/** Where caches of this device are told to ask. */
export const UPSTREAM = '127.0.0.9';
const name = 'four.example.com';
const usual = [
  '--keep-in-foreground',
  '--conf-file=/dev/null',
  '--user=root',
  '--bind-interfaces',
  '--no-hosts',
  '--no-resolv',
];

/** `start` starts the cache on that address. */
export async function rememberOldAddress(device: Device, start: () => Promise<void>, at = '127.0.0.1'): Promise<void> {
  mkdirSync(device.etc('whoblocked'), { recursive: true });
  writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
  writeEtc(device, 'resolv.conf', `nameserver ${at}\noptions timeout:1 attempts:2\n`);
  await upstream(device, [`--host-record=${name},203.0.113.9`, '--local-ttl=3600']);
  await start();
  const remembers = async (): Promise<boolean> =>
    (await device.run(['dig', '+short', '+time=1', '+tries=1', name, `@${at}`])).stdout.includes('203.0.113.9');
  if (!(await until(remembers, 10_000, 200))) throw new Error('the cache does not answer');
  await run('kill', [(await device.must('cat /run/upstream.pid')).trim()]);
  rmSync(`${device.directory}/run/upstream.pid`, { force: true });
  await upstream(device, [`--server=${ADDRESS.resolver}`, '--cache-size=0']);
}

async function upstream(device: Device, more: readonly string[]): Promise<void> {
  device.start('dnsmasq', [...usual, `--listen-address=${UPSTREAM}`, '--pid-file=/run/upstream.pid', ...more]);
  if (!(await until(() => existsSync(`${device.directory}/run/upstream.pid`), 10_000, 20)))
    throw new Error('the upstream does not start');
}
