// The real clamd and clamonacc on the device of a cycle, with one signature.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HARMFUL } from '../world/shields.js';
import { type Device, writeEtc } from './device.js';

const signature = `Lab.Harmful:0:*:${Buffer.from(HARMFUL).toString('hex')}\n`;
export const TOOL = '/run/watched/tool';

/** A program in which clamd finds something, in a folder that clamonacc watches. */
export async function harmfulProgram(device: Device): Promise<void> {
  const copy = path.join(device.directory, 'tool');
  writeFileSync(copy, `#!/bin/sh\n# ${HARMFUL}\nexit 0\n`);
  await device.must('mkdir -p /run/watched /run/quarantine');
  await device.must(`install -m 755 ${copy} ${TOOL}`);
}

/** Its signatures lie below /etc, where the cycle looks whether all is as before. */
export async function startClamd(device: Device, settings: readonly string[] = []): Promise<void> {
  mkdirSync(device.etc('clamav/db'), { recursive: true });
  writeEtc(device, 'clamav/db/lab.ndb', signature);
  const usual = ['DatabaseDirectory /etc/clamav/db', 'LocalSocket /run/clamd.sock', 'LocalSocketMode 666', 'LogFile /run/clamd.log', 'LogTime yes', 'Foreground yes']; // prettier-ignore
  writeEtc(device, 'clamav/clamd.conf', `${[...usual, ...settings].join('\n')}\n`);
  device.start('clamd', ['-c', '/etc/clamav/clamd.conf']);
  await device.words('bash', '-c', waits, '-', '-S', '/run/clamd.sock');
}

export async function startClamonacc(device: Device, ...options: readonly string[]): Promise<void> {
  const args = ['--foreground', '--fdpass', '--config-file=/etc/clamav/clamd.conf', '--log=/run/clamonacc.log'];
  device.start('clamonacc', [...args, ...options]);
  await device.words('bash', '-c', 'for i in $(seq 100); do grep -q watching /run/clamonacc.log 2>/dev/null && exit 0; sleep 0.1; done; exit 1'); // prettier-ignore
}

export const watching = ['OnAccessIncludePath /run/watched', 'OnAccessPrevention yes', 'OnAccessExcludeUname clamav'];

/** Its text is fixed. */
const waits = 'for i in $(seq 100); do [ "$1" "$2" ] && exit 0; sleep 0.1; done; exit 1';
