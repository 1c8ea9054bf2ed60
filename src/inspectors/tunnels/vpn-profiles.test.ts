import { describe, expect, it } from 'vitest';
import { facts, measured } from '../context.fixture.js';
import { openvpnProfile } from './openvpn-profile.js';
import { vpnProfiles } from './vpn-profiles.js';

describe('a file of OpenVPN’s', () => {
  it('names its servers with their lines, also within <connection>, and no words of keys or comments', () => {
    const text = [
      'client',
      '# remote 192.0.2.1 1194',
      '--remote 203.0.113.9 1194 udp ; the first',
      '<connection>',
      '\tremote "vpn.example" 443 tcp',
      '</connection>',
      '<ca>',
      'remote 192.0.2.2',
      '</ca>',
      'dev tun7',
    ].join('\r\n');
    expect(openvpnProfile(text)).toEqual({
      product: 'OpenVPN',
      device: 'tun7',
      takes: null,
      servers: [
        { host: '203.0.113.9', line: 3 },
        { host: 'vpn.example', line: 5 },
      ],
    });
  });

  it('says whether it leaves the default route where it is', () => {
    const withWords = (words: string) => openvpnProfile(`remote 192.0.2.1\n${words}\ndev tun\n`);
    expect(withWords('redirect-gateway def1 bypass-dhcp')).toMatchObject({ takes: 'halves', device: null });
    expect(withWords('redirect-gateway')).toMatchObject({ takes: 'default' });
    expect(withWords('redirect-private def1')).toMatchObject({ takes: null });
  });

  it('is none where it calls nobody, or is no text at all', () => {
    expect(openvpnProfile('server 10.8.0.0 255.255.255.0\n')).toBeNull();
    expect(openvpnProfile('\0\u{FFFD}'.repeat(10_000))).toBeNull();
  });
});

describe('VPNs that are set up here', () => {
  const files = {
    '/etc/openvpn/client/a.conf': 'remote vpn.example 1194\n',
    '/etc/openvpn/client/b.conf': 'remote "$(reboot)" 1194\nremote 203.0.113.9\n',
    '/etc/openvpn/update-resolv-conf': 'remote 192.0.2.1\n',
  };
  const lookup = { 'vpn.example': ['203.0.113.8'] };
  const routes = { choices: [], defaults: [], rules: [] };
  const known = <T>(value: T) => ({ state: 'known', value, source: 'x', at: 0, ms: 0 }) as const;

  it('are looked up by name where a route is left that may be theirs; what is no name is asked of nobody', async () => {
    const single = [{ address: '203.0.113.8', via: '192.168.7.1', device: 'eth0' }];
    const of = facts('198.51.100.10', { 'device.routes': known({ ...routes, single }) });
    const found = await measured(vpnProfiles, of, { files, lookup });
    expect(found.map(({ location, servers }) => [location, servers.map(({ addresses }) => addresses)])).toEqual([
      ['/etc/openvpn/client/a.conf', [['203.0.113.8']]],
      ['/etc/openvpn/client/b.conf', [[], ['203.0.113.9']]],
    ]);
  });

  it('are not looked up otherwise', async () => {
    const of = facts('198.51.100.10', { 'device.routes': known(routes) });
    const [first] = await measured(vpnProfiles, of, { files, lookup });
    expect(first?.servers).toEqual([{ host: 'vpn.example', line: 1, addresses: [] }]);
  });
});
