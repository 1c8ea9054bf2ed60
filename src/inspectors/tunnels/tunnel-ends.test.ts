import { describe, expect, it } from 'vitest';
import type { RouteChoice } from '../../model/facts.js';
import type { Observed } from '../../model/observed.js';
import { contextOf, facts, measured } from '../context.fixture.js';
import { openvpnPeers } from './openvpn-peers.js';
import { tunnelEnds } from './tunnel-ends.js';

const known = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: '' });

describe('where an OpenVPN was told to send', () => {
  const told = async (files: Record<string, string | { link: string }>) =>
    (await openvpnPeers(70, contextOf({ files }).system.files)).map(({ address, port }) => `${address} ${port}`);
  const line = (...words: string[]): string => `openvpn\0${words.join('\0')}\0`;

  it('is on its command line', async () => {
    const words = line('--dev', 'tun0', '--proto', 'udp', '--remote', '203.0.113.9', '--port', '443');
    expect(await told({ '/proc/70/cmdline': words })).toEqual(['203.0.113.9 443']);
  });

  it('is in the file that it was started with, below /etc/openvpn alone', async () => {
    const file =
      'client\n# remote 192.0.2.1\nremote 203.0.113.9 1195 udp\nremote vpn.example.com\nremote 192.0.2.7 443 tcp\n';
    const started = { '/proc/70/cmdline': line('--config', 'office.conf') };
    const at = (link: string) => ({ '/proc/70/cwd': { link }, [`${link}/office.conf`]: file });
    expect(await told({ ...started, ...at('/etc/openvpn/client') })).toEqual(['203.0.113.9 1195']);
    expect(await told({ ...started, ...at('/home/eve') })).toEqual([]);
    expect(
      await told({ '/proc/70/cmdline': line('--config', '/etc/openvpn/../eve.conf'), '/etc/eve.conf': file }),
    ).toEqual([]);
  });

  it('is not said of TCP, whose socket is connected', async () => {
    expect(await told({ '/proc/70/cmdline': line('--proto', 'tcp-client', '--remote', '203.0.113.9') })).toEqual([]);
  });
});

describe('the other ends of WireGuard', () => {
  const [one, two] = ['a'.repeat(44), 'b'.repeat(44)];
  const tunnel = { device: 'wg0', product: 'WireGuard', ranges: ['default'], allowed: null, resolvers: [] };
  const choice = { address: '10.9.0.5', device: 'wg0', error: null } as RouteChoice;
  const asked = facts('10.9.0.5', {
    'device.tunnels': known([tunnel]),
    'device.routes': known({ choices: [choice], defaults: [], rules: [] }),
    'device.interfaces': known([]),
  });
  const shown = {
    'wg show wg0 endpoints': `${one}\t203.0.113.9:51820\n${two}\t[2001:db8::9]:51821\n`,
    'wg show wg0 allowed-ips': `${one}\t0.0.0.0/0\n${two}\t10.9.0.0/24\n`,
    'wg show wg0 listen-port': '51000\n',
    'wg show wg0 fwmark': '0xca6c\n',
  };
  const ends = async (sockets: string) =>
    await measured(tunnelEnds, asked, { run: { ...shown, 'ss -HOatunpe': sockets } });

  it('are that of the peer which is meant for the address', async () => {
    const found = await ends('udp UNCONN 0 0 0.0.0.0:51000 0.0.0.0:* ino:4 sk:4');
    expect(found).toMatchObject([{ address: '2001:db8::9', port: 51_821, localPort: 51_000, mark: 0xca6c }]);
  });

  it('are not known where its socket is in another network', async () => {
    expect(await ends('udp UNCONN 0 0 0.0.0.0:53 0.0.0.0:* ino:4 sk:4')).toEqual([]);
  });
});
