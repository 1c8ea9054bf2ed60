import { cycle } from '../cycle.js';
import { endDhcp, startDhcpServer } from '../dhcp.js';
import { startNetworkManager } from '../network-manager.js';

const settings = `[ipv4]
method=auto

[ipv6]
method=manual
address1=2001:db8:7::20/64,2001:db8:7::1
`;

export default cycle({
  id: 'lease-of-networkmanager',
  title: 'Somebody took the default route away that the real NetworkManager has by DHCP',
  remedy: 'renew-lease',
  needs: ['NetworkManager', 'dnsmasq'],
  commands: /nmcli device connect eth0/,
  async breaks(device) {
    await startDhcpServer(device);
    await startNetworkManager(device, settings);
    await device.must('ip -4 route flush default');
  },
  mends: endDhcp,
});
