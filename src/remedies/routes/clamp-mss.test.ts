import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Ailment } from '../../model/remedy.js';
import { remedy } from './clamp-mss.js';

const sizes = (largest: number): Ailment =>
  ({
    target: {},
    verdict: {},
    facts: { 'path.sizes': { state: 'known', value: [{ address: '198.51.100.10', largest, tooLarge: 1500 }] } },
  }) as unknown as Ailment;
const link = { name: 'eth0', mtu: 1500 };

describe('the segments of connections that are passed on', () => {
  it('are as large as what passes, less the headers', () =>
    expect(remedy.plan(sizes(1420), { link, forwards: true, by: 'nft', sixToo: true } as const)).toMatchObject({
      operations: [{ kind: 'nft-clamp', name: 'eth0', four: 1380, six: 1360 }],
    }));

  it.each([
    ['this computer passes nothing on', 1420, { link, forwards: false, by: 'nft', sixToo: true } as const],
    [
      'the interface is no wider',
      1420,
      { link: { name: 'eth0', mtu: 1420 }, forwards: true, by: 'nft', sixToo: true } as const,
    ],
    ['it is less than IPv6 takes', 1000, { link, forwards: true, by: 'nft', sixToo: true } as const],
    ['the interface is not known', 1420, { link: null, forwards: true, by: 'nft', sixToo: true } as const],
  ])('are left alone where %s', (_why, size, looks) =>
    expect(remedy.plan(sizes(size), looks)).toHaveProperty('whyNot'),
  );

  it.each([
    [
      'iptables-nft',
      true,
      [
        { backend: 'nft', family: 4, size: 1380 },
        { backend: 'nft', family: 6, size: 1360 },
      ],
    ],
    ['iptables-legacy', false, [{ backend: 'legacy', family: 4, size: 1380 }]],
  ] as const)('are bounded by %s where nft is not there', (by, sixToo, operations) =>
    expect(remedy.plan(sizes(1420), { link, forwards: true, by, sixToo })).toMatchObject({
      operations: operations.map((one) => ({ kind: 'iptables-clamp', name: 'eth0', ...one })),
    }),
  );

  it('are left alone where neither of both is there', () =>
    expect(remedy.plan(sizes(1420), { link, forwards: true, by: null, sixToo: false })).toHaveProperty('whyNot'));

  it('are looked after only where the kernel says that it forwards', async () => {
    const run = {
      'ip -j route get 198.51.100.10': '[{"dst":"198.51.100.10","dev":"eth0"}]',
      'ip -j link show dev eth0': '[{"ifname":"eth0","mtu":1500}]',
    };
    const looked = (value: string, more: Record<string, string>) =>
      remedy.look(sizes(1420), {
        system: fakeSystem({ run: { ...run, ...more }, files: { '/proc/sys/net/ipv4/ip_forward': value } }),
        signal: AbortSignal.timeout(1000),
      });
    const nft = { 'nft list tables': '' };
    const iptables = { 'iptables --version': 'iptables v1.8.9 (nf_tables)', 'ip6tables --version': 'ip6tables v1.8.9' };
    expect(await looked('1\n', nft)).toEqual({ link, forwards: true, by: 'nft', sixToo: true });
    expect(await looked('0\n', nft)).toEqual({ link: null, forwards: false, by: null, sixToo: false });
    // This kernel has no IPv6.
    expect(await looked('1\n', iptables)).toEqual({ link, forwards: true, by: 'iptables-nft', sixToo: false });
    expect(await looked('1\n', { 'iptables --version': 'iptables v1.8.9 (legacy)' })).toMatchObject({ by: 'iptables-legacy' }); // prettier-ignore
    expect(await looked('1\n', {})).toMatchObject({ by: null });
  });
});
