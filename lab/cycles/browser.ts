// The real Chromium on the device of a cycle, for a user who may become root by sudo.
import { mkdirSync } from 'node:fs';
import { type Device, writeEtc } from './device.js';

/** It asks for no password here, and hands on which fault is to come. */
const sudoers = 'Defaults env_keep += "LAB_FAULT SSL_CERT_FILE"\nnobody ALL=(root) NOPASSWD: ALL\n';
export const HOME = '/run/nobody';
/** Where the harness's own browser keeps what it writes: the user's home is compared before and after. */
const ASIDE = '/run/nobody-browser';

export async function sudoForNobody(device: Device): Promise<void> {
  mkdirSync(device.etc('sudoers.d'), { recursive: true });
  writeEtc(device, 'sudoers.d/lab', sudoers, 0o440);
  await device.must(`mkdir -p ${HOME} ${ASIDE}`);
  await device.must(`chown 65534:65534 ${HOME} ${ASIDE}`);
}

/** Whether a page opens in it to that user; asked of the browser itself. */
export async function opens(device: Device, url: string, profile = `${ASIDE}/profile`): Promise<boolean> {
  const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`, '--dump-dom', url]; // prettier-ignore
  const ran = await device.run(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'timeout', '20', 'chromium', ...args], { environment: { HOME: ASIDE, PATH: '/usr/bin:/bin' } }); // prettier-ignore
  return ran.stdout.includes('Welcome.');
}

export function managed(device: Device, name: string, policies: object): void {
  mkdirSync(device.etc('chromium/policies/managed'), { recursive: true });
  writeEtc(device, `chromium/policies/managed/${name}.json`, JSON.stringify(policies));
}
