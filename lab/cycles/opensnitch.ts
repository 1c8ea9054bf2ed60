// The real OpenSnitch on the device of a cycle, with nobody at its window.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { opensnitch, ruleFile } from '../world/opensnitch.js';
import { until } from '../world/process.js';
import { type Device, writeEtc } from './device.js';

/** Settings and command as in the lab's own worlds; the rules lie in the device's /etc. */
export async function startOpensnitch(device: Device, otherwise: 'allow' | 'deny' = 'allow'): Promise<void> {
  const { files } = opensnitch([], otherwise);
  mkdirSync(device.etc('opensnitchd/rules'), { recursive: true });
  for (const [place, text] of Object.entries(files ?? {})) {
    const name = place.replace('{etc}/', '');
    mkdirSync(path.dirname(device.etc(name)), { recursive: true });
    writeEtc(device, name, text);
  }
  const log = path.join(device.directory, 'opensnitch.log');
  rmSync(log, { force: true });
  const words = ['-rules-path', '/etc/opensnitchd/rules', '-process-monitor-method', 'proc', '-log-file', log];
  device.start('opensnitchd', words);
  const isReady = await until(async () => (await device.run(['grep', '-q', 'Running on netfilter queue', log])).code === 0, 10_000, 50); // prettier-ignore
  // Its rules of netfilter come after that word, one family after the other.
  const hasRules = await until(
    async () => (await device.must('nft list ruleset')).split('queue').length > 4,
    5_000,
    50,
  );
  if (!isReady || !hasRules) throw new Error('OpenSnitch does not start');
}

export function denyRule(name: string, when: Readonly<Record<string, string>>): string {
  return ruleFile({ name, action: 'deny', when });
}
