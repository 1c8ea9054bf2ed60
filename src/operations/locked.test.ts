import { describe, expect, it } from 'vitest';
import type { Disk } from '../model/disk.js';
import type { Operation } from '../model/operation.js';
import type { RunResult } from '../model/system.js';
import { kindOf } from './all.js';
import type { Hands } from './operation-kind.js';

const match = { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 443 } as const;
const nftAllow: Operation = {
  kind: 'nft-allow',
  rules: [{ family: 'inet', table: 'filter', chain: 'output', place: 'end', match }],
};
const iptablesAllow: Operation = { kind: 'iptables-allow', backend: 'legacy', family: 4, table: 'filter', chain: 'OUTPUT', position: 1, next: null, match }; // prettier-ignore

const rights = { mode: 0o640, uid: 0, gid: 0 };
/** Reading is all that a plan may do. */
const disk: Pick<Disk, 'read' | 'list'> = {
  read: () => Promise.resolve({ bytes: new Uint8Array(), ...rights }),
  list: () => Promise.resolve([]),
};

const ended: RunResult = { exit: 0, stdout: ':OUTPUT ACCEPT [0:0]\n:ufw-user-output - [0:0]\n', stderr: '', truncated: false }; // prettier-ignore

/** Hands whose programs do nothing, but for one. */
function handsWith(stuck: RegExp, result: RunResult): Hands {
  return {
    id: 'abcdefgh',
    run: (program) => Promise.resolve(stuck.test(program) ? result : ended),
    // Anything else that is asked of the disk ends the test.
    disk: disk as Disk,
    clock: { now: () => 0, wall: () => new Date(0), sleep: () => Promise.resolve() },
    journal: '/nowhere',
  };
}

const operations: readonly (readonly [RegExp, Operation])[] = [
  [/^nft$/, nftAllow],
  [/^iptables-legacy-save$/, iptablesAllow],
  [/^ufw$/, { kind: 'ufw-allow', direction: 'out', backend: 'nft', match }],
  [/^(?:firewall-cmd|gdbus|busctl)$/, { kind: 'firewalld-allow', place: 'zone', name: 'public', match }],
  [/^systemctl$/, { kind: 'service-start', unit: 'nginx.service' }],
  [/^systemctl$/, { kind: 'guard-stop', unit: 'clamav-clamonacc.service' }],
];

describe.each(operations)('what %s has in its hands', (program, operation) => {
  it('does not answer: said, and nothing is written', async () => {
    const late: RunResult = { exit: null, stdout: '', stderr: '', truncated: false, error: 'timed-out' };
    await expect(kindOf(operation).capture(operation, handsWith(program, late))).rejects.toThrow(
      /did not come to an end \(is it locked, or does it ask something\?\)/,
    );
  });

  it('is busy: said in its own words, and nothing is written', async () => {
    const stderr = 'Could not process rule: Device or resource busy';
    const busy: RunResult = { exit: 4, stdout: '', stderr, truncated: false };
    await expect(kindOf(operation).capture(operation, handsWith(program, busy))).rejects.toThrow(
      /failed: Could not process rule: Device or resource busy/,
    );
  });
});
