import { cycle } from '../cycle.js';
import { endDhcp, startDhcpServer } from '../dhcp.js';
import { startNetworkd } from '../networkd.js';

export default cycle({
  id: 'lease-of-networkd',
  title: 'Somebody took the address away that the real systemd-networkd has by DHCP',
  remedy: 'renew-lease',
  needs: ['networkd', 'dnsmasq'],
  commands: /networkctl reconfigure eth0/,
  async breaks(device) {
    await startDhcpServer(device);
    await startNetworkd(device, 'DHCP=ipv4\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n');
    await device.must('sleep 1');
    await device.must('ip -4 addr flush dev eth0');
  },
  mends: endDhcp,
});
