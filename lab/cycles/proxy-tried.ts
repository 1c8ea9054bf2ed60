// A proxy of the session that forbids one name, and what a command sees that is tried without it.
import { readFileSync, writeFileSync } from 'node:fs';
import { FORBIDDEN_BY_PROXY, PROXY_URL } from '../world/proxies.js';
import type { Device } from './device.js';

export const target = `http://${FORBIDDEN_BY_PROXY}/`;

/** Beside the proxy in each spelling what has nothing to do with it, and the user who typed sudo: nobody. */
export const environment = {
  http_proxy: PROXY_URL,
  HTTPS_PROXY: PROXY_URL,
  ALL_PROXY: PROXY_URL,
  no_proxy: 'localhost,.corp.example',
  LAB_SETTING: 'as it was',
  SUDO_UID: '65534',
  SUDO_GID: '65534',
  SUDO_USER: 'nobody',
} as const;

const seen = 'run/tried-with';
const fetching = `curl -sf -o /dev/null -m 9 ${target}`;

export const words = [
  'pause', 'proxy', target, '--for', '10s', '--json', '--no-references',
  '--', 'sh', '-c', `{ id -u; env; } > /${seen}; exec ${fetching}`,
] as const; // prettier-ignore

/** Through the proxy it must fail, or the try would show nothing. */
export async function forbidden(device: Device): Promise<void> {
  writeFileSync(`${device.directory}/${seen}`, '');
  await device.must(`chmod 666 /${seen}`);
  const through = await device.run(['env', `http_proxy=${PROXY_URL}`, ...fetching.split(' ')] as [string, ...string[]]);
  // curl's word for a status of 400 and more.
  if (through.code !== 22) throw new Error(`the proxy forbids nothing: ${through.code}`);
}

/** The user's command had no proxy, and all else that the session has. */
export function hadNoProxy(device: Device): boolean {
  const [uid, ...lines] = readFileSync(`${device.directory}/${seen}`, 'utf8').trimEnd().split('\n');
  const { no_proxy, LAB_SETTING } = environment;
  const isLeft = lines.some((line) => /^(?:https?|all|ftp)_proxy=/i.test(line));
  return uid === '65534' && !isLeft && lines.includes(`no_proxy=${no_proxy}`) && lines.includes(`LAB_SETTING=${LAB_SETTING}`); // prettier-ignore
}
