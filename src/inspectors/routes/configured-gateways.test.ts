import { describe, expect, it } from 'vitest';
import type { System } from '../../model/system.js';
import { configuredGateways } from './configured-gateways.js';

function system(contents: Readonly<Record<string, string>>): Pick<System, 'files'> {
  const files = {
    read: (path: string) =>
      Promise.resolve(
        contents[path] === undefined
          ? { ok: false }
          : { ok: true, bytes: new Uint8Array(Buffer.from(contents[path])), truncated: false },
      ),
    list: (folder: string) =>
      Promise.resolve(
        Object.keys(contents)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1)),
      ),
  };
  return { files } as unknown as Pick<System, 'files'>;
}

describe('routers that settings and leases name', () => {
  it.each([
    ['/etc/network/interfaces', 'iface eth0 inet static\n gateway 192.0.2.1\n', 'eth0'],
    ['/etc/systemd/network/a.network', '[Match]\nName=eth1\n[Route]\nGateway=192.0.2.1\n', 'eth1'],
    ['/run/systemd/netif/leases/2', 'ADDRESS=192.0.2.9\nROUTER=192.0.2.1\n', null],
    ['/etc/NetworkManager/system-connections/w.nmconnection', '[ipv4]\naddress1=192.0.2.9/24,192.0.2.1\n', null],
    ['/var/lib/dhcp/d.leases', 'lease {\n interface "eth0";\n option routers 192.0.2.7;\n}\nlease {\n interface "eth0";\n option routers 192.0.2.1, 192.0.2.2;\n}\n', 'eth0'], // prettier-ignore
  ])('%s', async (path, text, device) => {
    const [first] = await configuredGateways(system({ [path]: text }));
    expect(first).toEqual({ address: '192.0.2.1', device, location: path });
  });

  it('are addresses, and nothing else', async () =>
    expect(await configuredGateways(system({ '/etc/network/interfaces': ' gateway $(reboot)\n' }))).toEqual([]));
});
