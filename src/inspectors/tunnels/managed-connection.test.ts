import { describe, expect, it } from 'vitest';
import type { InterfaceFact } from '../../model/facts.js';
import { contextOf } from '../context.fixture.js';
import { activeConnections, managedConnection } from './managed-connection.js';

const uuid = '22222222-3333-4444-8555-666666666666';
const tun0: InterfaceFact = {
  name: 'tun0',
  index: 4,
  kind: 'tun',
  up: true,
  carrier: true,
  addresses: [{ address: '10.8.0.2', prefix: 24, scope: 'global' }],
  mtu: 1500,
};
const list = ['nmcli', '-t', '-e', 'no', '-f', 'UUID,TYPE,DEVICE,NAME', 'connection', 'show', '--active'].join(' ');
const show = ['nmcli', '-t', '-e', 'no', '-f', 'IP4.ADDRESS,IP6.ADDRESS,vpn.service-type', 'connection', 'show', 'uuid', uuid].join(' '); // prettier-ignore
const state = ['nmcli', '-t', '-e', 'no', '-f', 'GENERAL.STATE', 'device', 'show', 'tun0'].join(' ');
const own = `${uuid}:vpn:eth0:Office: Berlin\n16892f1a-1995-4dd3-9c44-b8424bd89fc9:tun:tun0:tun0\n`;
const with4 = (address: string): string =>
  `vpn.service-type:org.freedesktop.NetworkManager.openvpn\nIP4.ADDRESS[1]:${address}/24\n`;

/** What nmcli 1.42 printed for a VPN by its plugin, and variations of it. */
async function connectionOf(printed: Readonly<Record<string, string>>) {
  const run = Object.fromEntries(Object.entries(printed).map(([line, stdout]) => [line, { stdout }]));
  const context = contextOf({ files: { '/run/NetworkManager/x': '' }, run });
  return managedConnection(tun0, await activeConnections(context), context);
}

describe("NetworkManager's connection of a tunnel", () => {
  it('is the one of a plugin that has its address, though its device is the cable', async () => {
    expect(await connectionOf({ [list]: own, [show]: with4('10.8.0.2') })).toEqual({
      name: 'Office: Berlin',
      type: 'openvpn',
    });
  });

  it('is none where another VPN is up, and the tunnel is somebody else’s', async () => {
    const external = {
      [list]: own,
      [show]: with4('10.9.0.2'),
      [state]: 'GENERAL.STATE:100 (connected (externally))\n',
    };
    expect(await connectionOf(external)).toBeNull();
  });

  it('is the one that is on that very interface', async () => {
    const direct = { [list]: `${uuid}:wireguard:tun0:home\n`, [state]: 'GENERAL.STATE:100 (connected)\n' };
    expect(await connectionOf(direct)).toEqual({ name: 'home', type: 'wireguard' });
  });

  it('is none where nmcli says nothing that is understood', async () => {
    expect(await connectionOf({ [list]: `${'x'.repeat(100_000)}\n::::\n` })).toBeNull();
    expect(await connectionOf({})).toBeNull();
  });
});
