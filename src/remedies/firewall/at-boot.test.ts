import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Operation } from '../../model/operation.js';
import { atBoot, readBootFiles } from './at-boot.js';

const reject = '-A OUTPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable';
const rules = (...lines: readonly string[]): string =>
  ['*filter', ':OUTPUT ACCEPT [0:0]', ...lines, 'COMMIT', ''].join('\n');

const match = { family: 4, protocol: 'tcp', destination: '198.51.100.10', dport: 80 } as const;
const operation: Operation = { kind: 'iptables-allow', backend: 'nft', family: 4, table: 'filter', chain: 'OUTPUT', position: 1, next: reject, match }; // prettier-ignore
const made = [{ obstacle: { at: {}, owner: null }, exception: { operation } }];

async function found(files: Readonly<Record<string, string>>) {
  return atBoot({ made } as never, await readBootFiles(fakeSystem({ files })));
}

const systemd = { '/run/systemd/system/x': '' };
const enabled = (unit: string) => ({ [`/etc/systemd/system/multi-user.target.wants/${unit}.service`]: '' });

describe('the file in which an exception is to stand at the next start', () => {
  it.each([
    ['Debian', 'iptables/rules.v4', 'netfilter-persistent'],
    ['Arch', 'iptables/iptables.rules', 'iptables'],
    ['Fedora', 'sysconfig/iptables', 'iptables'],
  ])('is the one of %s', async (_system, file, unit) => {
    const there = { ...systemd, [`/etc/${file}`]: rules(reject) };
    const edits = [{ kind: 'file-lines', file, edits: [{ do: 'add', below: 2, was: ':OUTPUT ACCEPT [0:0]' }] }];
    expect(await found({ ...there, ...enabled(unit) })).toMatchObject({ edits, notes: [] });
    // Nobody loads it then, unless it is somebody who is not known.
    expect(await found(there)).toMatchObject({
      edits,
      notes: [expect.stringContaining(`/etc/${file} is switched on`)],
    });
  });

  it('is none that holds other rules, or those of the other family', async () => {
    for (const there of [
      { '/etc/sysconfig/iptables': rules(reject.replace('80', '81')) },
      { '/etc/sysconfig/iptables': rules('-A OUTPUT -o lo -j ACCEPT', reject) },
      { '/etc/sysconfig/ip6tables': rules(reject) },
      {},
    ])
      expect(await found(there)).toEqual({ edits: [], notes: [expect.stringContaining('until the rules are loaded')] });
  });

  it('is the one that holds the rule, of several', async () => {
    const both = { '/etc/iptables/rules.v4': rules(), '/etc/sysconfig/iptables': rules(reject) };
    expect(await found(both)).toMatchObject({ edits: [{ file: 'sysconfig/iptables' }], notes: [] });
  });
});
