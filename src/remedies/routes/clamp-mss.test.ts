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
    expect(remedy.plan(sizes(1420), { link, forwards: true, hasNft: true })).toMatchObject({
      operations: [{ kind: 'nft-clamp', name: 'eth0', four: 1380, six: 1360 }],
    }));

  it.each([
    ['this computer passes nothing on', 1420, { link, forwards: false, hasNft: true }],
    ['the interface is no wider', 1420, { link: { name: 'eth0', mtu: 1420 }, forwards: true, hasNft: true }],
    ['it is less than IPv6 takes', 1000, { link, forwards: true, hasNft: true }],
    ['the interface is not known', 1420, { link: null, forwards: true, hasNft: true }],
  ])('are left alone where %s', (_why, size, looks) =>
    expect(remedy.plan(sizes(size), looks)).toHaveProperty('whyNot'),
  );

  it('are bounded by hand where nft is not there', () =>
    expect(remedy.plan(sizes(1420), { link, forwards: true, hasNft: false })).toEqual({
      whyNot: expect.stringMatching(/ip6tables with 1360 .*iptables -t mangle -A POSTROUTING -o eth0 .*--set-mss 1380$/) as unknown, // prettier-ignore
    }));

  it('are looked after only where the kernel says that it forwards', async () => {
    const run = {
      'ip -j route get 198.51.100.10': '[{"dst":"198.51.100.10","dev":"eth0"}]',
      'ip -j link show dev eth0': '[{"ifname":"eth0","mtu":1500}]',
      'nft --version': 'nftables v1.0.6',
    };
    const looked = (value: string) =>
      remedy.look(sizes(1420), {
        system: fakeSystem({ run, files: { '/proc/sys/net/ipv4/ip_forward': value } }),
        signal: AbortSignal.timeout(1000),
      });
    expect(await looked('1\n')).toEqual({ link, forwards: true, hasNft: true });
    expect(await looked('0\n')).toEqual({ link: null, forwards: false, hasNft: false });
  });
});
