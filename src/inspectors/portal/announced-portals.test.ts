import { describe, expect, it } from 'vitest';
import { contextOf, facts, measured } from '../context.fixture.js';
import { announcedPortals } from './announced-portals.js';
import { readLeases } from '../leases/dhclient-leases.js';

const lease = (more: string, expire = '5 2026/11/27 23:46:03', address = '192.168.7.20'): string => `lease {
  interface "eth0";
  fixed-address ${address};
  option routers 192.168.7.1;
${more}
  expire ${expire};
}
`;
const at = (text: string) => readLeases(text).at(-1)?.portal;

describe('leases of dhclient', () => {
  it('hold the portal under several names, as text or as bytes', () => {
    expect(at(lease('  option default-url "https://p.example/a?x=1";'))).toBe('https://p.example/a?x=1');
    expect(at(lease('  option v4-captive-portal "https://p.example/\\"q\\"\\041";'))).toBe('https://p.example/"q"!');
    expect(at(lease('  option unknown-114 68:74:74:70:3a;'))).toBe('http:');
    expect(at(lease('  option domain-name "https://p.example/";'))).toBeNull();
  });

  it('end when they say, and what cannot be read is over', () => {
    const ends = (when: string) => readLeases(lease('', when)).at(-1)?.expires;
    expect(ends('5 2026/11/27 23:46:03')).toBe(Date.UTC(2026, 10, 27, 23, 46, 3));
    expect(ends('epoch 1795823163')).toBe(1_795_823_163_000);
    expect(ends('never')).toBeNull();
    expect(ends('tomorrow')).toBe(0);
  });

  it('are bounded, and broken ones are passed over', () => {
    expect(readLeases('lease {\n'.repeat(5000))).toEqual([]);
    expect(readLeases(lease('').repeat(500))).toHaveLength(64);
  });
});

const seen = {
  'device.interfaces': known([
    {
      name: 'eth0',
      index: 2,
      kind: null,
      up: true,
      carrier: true,
      mtu: 1500,
      addresses: [{ address: '192.168.7.20', prefix: 24, scope: 'global' }],
    },
  ]),
  'device.routes': known({
    choices: [],
    defaults: [{ family: 4 as const, via: '192.168.7.1', device: 'eth0', metric: null }],
    rules: [],
  }),
} as const;

function known<T>(value: T) {
  return { state: 'known', value, at: 0, ms: 0, source: 'test' } as const;
}

describe('the portals that a network announces', () => {
  const wall = new Date('2026-11-27T23:00:00Z');
  const path = '/var/lib/dhcp/dhclient.eth0.leases';
  const good = lease('  option default-url "https://p.example/api";');
  const find = (text: string, more = {}) =>
    measured(announcedPortals, facts('192.0.2.9', seen), { wall, files: { [path]: text }, ...more });

  it('are in the last lease of an interface that leads out', async () => {
    expect(await find(good)).toEqual([{ url: 'https://p.example/api', device: 'eth0', location: path }]);
  });

  it('are not those of other times, addresses and interfaces', async () => {
    expect(await find(lease('  option default-url "https://p.example/";', '5 2026/11/27 22:59:59'))).toEqual([]);
    expect(await find(lease('  option default-url "https://p.example/";', 'never', '10.1.1.1'))).toEqual([]);
    expect(await find(good.replace('"eth0"', '"wlan0"'))).toEqual([]);
    expect(await find(good + lease(''))).toEqual([]);
  });

  it('are web addresses of a usual length, or nothing', async () => {
    for (const url of [
      'javascript:alert(1)',
      'ftp://p.example/',
      `https://p.example/${'a'.repeat(1200)}`,
      'https://a b/',
    ])
      expect(await find(lease(`  option default-url "${url}";`)), url).toEqual([]);
  });

  it('are told by systemd-networkd and NetworkManager where these run', async () => {
    const run = (program: string) =>
      program === 'networkctl'
        ? '{"Name":"eth0","CaptivePortal":"https:\\/\\/n.example\\/"}'
        : 'DHCP4.OPTION[1]:broadcast_address = 192.168.7.255\nDHCP4.OPTION[2]:captive_portal = https://m.example/api\n';
    const files = { '/run/systemd/netif/state': 'x', '/run/NetworkManager/devices/2': 'x' };
    expect(
      await find('', { run, files: { ...files, '/run/NetworkManager': { stat: { kind: 'directory' } } } }),
    ).toEqual([
      { url: 'https://n.example/', device: 'eth0', location: 'networkctl status' },
      { url: 'https://m.example/api', device: 'eth0', location: 'nmcli device show' },
    ]);
  });

  // As dhcpcd 9.4.1 prints it, with `definend 37 string captive_portal_uri` among its settings.
  const heard = `reason=ROUTERADVERT
interface=eth0
protocol=ra
nd1_from=fe80::dcd0:c8ff:fe5f:ec8b
nd1_lifetime=1800
nd1_prefix_information1_prefix=2001:db8:99::
`;
  const running = { '/run/dhcpcd': { stat: { kind: 'directory' } } } as const;
  const told = (six: string, four = ''): Promise<unknown> =>
    find('', {
      run: (_: string, words: readonly string[]) => (words[0] === '-6' ? six : four),
      files: running,
    });

  it('are told by dhcpcd, of router advertisements and of DHCP', async () => {
    const url = 'https://portal.guests.example/api/v1?site=7';
    const six = { url, device: 'eth0', location: 'dhcpcd -6 -U eth0' };
    expect(await told(`${heard}nd1_captive_portal_uri=${url}\nnd1_addr1=2001:db8:99::1/64\n`)).toEqual([six]);
    expect(await told(`${heard}nd1_captive_portal_uri='${url}'\n`)).toEqual([six]);
    expect(await told('', `reason=BOUND\ncaptive_portal_uri=${url}\n`)).toEqual([
      { ...six, location: 'dhcpcd -4 -U eth0' },
    ]);
  });

  it('are not what dhcpcd says of other things', async () => {
    expect(await told(heard)).toEqual([]);
    expect(await told(`${heard}nd1_captive_portal_uri=javascript:alert(1)\n`)).toEqual([]);
    expect(await told(`${heard}old_nd1_captive_portal_uri=https://p.example/\n`)).toEqual([]);
    expect(await told(`${heard}nd1_captive_portal_uri=https://p.example/${'a'.repeat(1200)}\n`)).toEqual([]);
  });

  it('are in the message that dhcpcd keeps, where the interface has its address', async () => {
    const message = (own: readonly number[]): Buffer => {
      const fixed = Buffer.alloc(240);
      Buffer.from(own).copy(fixed, 16);
      fixed.writeUInt32BE(0x63825363, 236);
      const url = Buffer.from('https://p.example/api\0');
      return Buffer.concat([fixed, Buffer.from([53, 1, 5, 114, url.length]), url, Buffer.from([255])]);
    };
    const location = '/var/lib/dhcpcd/eth0.lease';
    const kept = (own: readonly number[]): Promise<unknown> =>
      find('', { files: { ...running, [location]: message(own) } });
    expect(await kept([192, 168, 7, 20])).toEqual([{ url: 'https://p.example/api', device: 'eth0', location }]);
    expect(await kept([192, 168, 7, 21])).toEqual([]);
  });

  describe('of routers', () => {
    const link = { address: 'fe80::20', prefix: 64, scope: 'link' };
    const url = 'https://p.example/api';
    const routers = async (own: readonly (typeof link)[], files = {}, said: readonly (string | null)[] = [url]) => {
      const asked: unknown[] = [];
      const context = contextOf({ wall, files });
      const links = {
        routersSay: (question: unknown) => {
          asked.push(question);
          return Promise.resolve(said.map((portal) => ({ from: 'fe80::1', portal })));
        },
      } as unknown as NonNullable<typeof context.system.links>;
      const [eth] = seen['device.interfaces'].value;
      const more = {
        ...seen,
        'device.interfaces': known(eth ? [{ ...eth, addresses: [...eth.addresses, ...own] }] : []),
      };
      const found = await announcedPortals.gather(facts('192.0.2.9', more), {
        ...context,
        system: { ...context.system, links },
      });
      return { asked, found: found.state === 'known' ? found.value : found };
    };

    it('are asked for on the link, where nothing is kept', async () => {
      const { asked, found } = await routers([link]);
      expect(found).toEqual([{ url, device: 'eth0', location: 'router advertisement of fe80::1 on eth0' }]);
      expect(asked).toEqual([{ index: 2, source: 'fe80::20', waitMs: 600 }]);
      expect((await routers([link], {}, [null, 'javascript:1'])).found).toEqual([]);
    });

    it('are not asked for where one is kept, or where there is no IPv6', async () => {
      expect((await routers([link], { [path]: good })).asked).toEqual([]);
      expect((await routers([])).asked).toEqual([]);
    });
  });
});
