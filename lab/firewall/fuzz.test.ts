import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Namespaces without root, nft, iptables, ipset, conntrack and TUN devices: what the comparison takes. */
function missing(): string | undefined {
  for (const [program, ...args] of [
    ['unshare', '-Urnm', 'sh', '-c', 'ip tuntap add dev t mode tun && nft list ruleset'],
    ['iptables-nft', '--version'],
    ['ipset', '--version'],
    ['conntrack', '--version'],
  ]) {
    const { status } = spawnSync(program ?? '', args, { stdio: 'ignore' });
    if (status !== 0) return `${program ?? ''} ${args.join(' ')}`;
  }
  return undefined;
}

const lacking = missing();

describe('the firewall model and the kernel', () => {
  it.skipIf(lacking !== undefined)(
    `agree on 200 packets${lacking === undefined ? '' : ` (skipped: ${lacking} fails)`}`,
    () => {
      const args = ['scripts/run.mjs', 'lab/firewall/fuzz.ts', '--cases', '200', '--seed', '7'];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, {
        cwd: root,
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect(`${stdout}${stderr}`).toMatch(/^seed 7: 200 packets/m);
      expect(`${stdout}${stderr}`).toMatch(/different 0,/);
      expect(status).toBe(0);
    },
    60_000,
  );
});
