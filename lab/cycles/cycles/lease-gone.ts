import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';
import { endDhcp, loseLease, startDhcpServer } from '../dhcp.js';

export default cycle({
  id: 'lease-gone',
  title: 'The interface has no address any more, and nobody asks for one; its settings name DHCP (the real dhclient)',
  remedy: 'renew-lease',
  needs: ['dhclient', 'dnsmasq'],
  commands: /dhclient -1 .* eth0/,
  async breaks(device) {
    mkdirSync(`${device.directory}/var-lib/dhcp`, { recursive: true });
    writeEtc(device, 'network/interfaces', 'auto eth0\niface eth0 inet dhcp\n');
    await startDhcpServer(device);
    await loseLease(device);
  },
  mends: endDhcp,
});
