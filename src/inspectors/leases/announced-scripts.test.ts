import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import { scriptUrl } from '../../model/script-url.js';
import { contextOf } from '../context.fixture.js';
import { announcedScripts } from './announced-scripts.js';
import { optionOf } from './dhcpcd-leases.js';

const addr = JSON.stringify([
  {
    ifindex: 3,
    ifname: 'eth0',
    flags: ['UP', 'LOWER_UP'],
    link_type: 'ether',
    addr_info: [{ family: 'inet', local: '192.168.7.20', prefixlen: 24, scope: 'global' }],
  },
]);
const run = { 'ip -j addr show': addr };
const url = 'http://proxy.example.net/wpad.dat?site=7';

async function found(files: NonNullable<Script['files']>, more: Record<string, string> = {}): Promise<string[]> {
  const scripts = await announcedScripts(
    contextOf({ files, run: { ...run, ...more }, wall: new Date('2026-11-28T02:00:00Z') }),
  );
  return scripts.map((one) => `${scriptUrl(one)} ${one.found ?? ''} ${one.location}`);
}

/** As dhclient 4.4.3 writes it for option 252 (measured with dnsmasq 2.90). */
const dhclient = (address: string, day: string): string => `lease {
  interface "eth0";
  fixed-address ${address};
  option unknown-252 "${url}";
  option dhcp-lease-time 3600;
  expire 6 2026/11/${day} 02:57:05;
}
`;

/** A DHCP message as it came (RFC 2131): fixed fields, the magic cookie, options. */
function message(address: string, option: Buffer): Buffer {
  const fixed = Buffer.alloc(240);
  Buffer.from(address.split('.').map(Number)).copy(fixed, 16);
  fixed.writeUInt32BE(0x63825363, 236);
  const before = Buffer.from([0, 53, 1, 5]);
  return Buffer.concat([fixed, before, Buffer.from([252, option.length]), option, Buffer.from([255])]);
}

describe('scripts that DHCP announces', () => {
  it('are in leases of dhclient that hold', async () => {
    const path = '/var/lib/dhcp/dhclient.eth0.leases';
    expect(await found({ [path]: dhclient('192.168.7.20', '28') })).toEqual([`${url} DHCP ${path}`]);
    expect(await found({ [path]: dhclient('192.168.7.21', '28') })).toEqual([]);
    expect(await found({ [path]: dhclient('192.168.7.20', '27') })).toEqual([]);
  });
  it('are kept by systemd-networkd in hexadecimal, with the zero byte that many servers add', async () => {
    const path = '/run/systemd/netif/leases/3';
    const file = `# private\nADDRESS=192.168.7.20\nOPTION_252=${Buffer.from(`${url}\0`).toString('hex')}\n`;
    expect(await found({ [path]: file })).toEqual([`${url} DHCP ${path}`]);
    expect(await found({ [path]: file.replace('.20', '.99') })).toEqual([]);
  });
  it('are kept by dhcpcd in the message itself', async () => {
    const path = '/var/lib/dhcpcd/eth0.lease';
    expect(await found({ [path]: message('192.168.7.20', Buffer.from(url)) })).toEqual([`${url} DHCP ${path}`]);
    expect(await found({ [path]: message('192.168.7.9', Buffer.from(url)) })).toEqual([]);
  });
  it('are told by NetworkManager, which calls the option wpad', async () => {
    const nmcli = 'nmcli -t -e no -f DHCP4.OPTION device show eth0';
    const said = `DHCP4.OPTION[3]:ip_address = 192.168.7.20\nDHCP4.OPTION[9]:wpad = ${url}\n`;
    expect(await found({ '/run/NetworkManager/x': '' }, { [nmcli]: said })).toEqual([
      `${url} DHCP nmcli device show eth0`,
    ]);
  });
  it('are addresses of the web, and nothing else', async () => {
    const path = '/run/systemd/netif/leases/3';
    for (const bad of ['file:///etc/passwd', 'javascript:1', 'http://a\nb', '\0', 'x'.repeat(2000)]) {
      const file = `ADDRESS=192.168.7.20\nOPTION_252=${Buffer.from(bad).toString('hex')}\n`;
      expect(await found({ [path]: file })).toEqual([]);
    }
  });
  it('are looked for in any bytes without an end or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const whole = message('192.168.7.20', Buffer.from('x'));
        expect(optionOf(Buffer.from(bytes), 252)).toBeNull();
        optionOf(Buffer.concat([whole.subarray(0, 240), bytes]), 252);
      }),
    );
  });
});
