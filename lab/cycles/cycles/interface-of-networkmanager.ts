import { cycle } from '../cycle.js';
import { startNetworkManager } from '../network-manager.js';

const settings = `[ipv4]
method=manual
address1=192.168.7.20/24,192.168.7.1
dns=203.0.113.53;

[ipv6]
method=ignore
`;

export default cycle({
  id: 'interface-of-networkmanager',
  title: 'The real NetworkManager was told to disconnect the interface',
  remedy: 'switch-interface-on',
  needs: ['NetworkManager'],
  commands: /nmcli device connect eth0/,
  async breaks(device) {
    await startNetworkManager(device, settings);
    await device.must('nmcli device disconnect eth0');
    await device.must('sleep 0.5');
  },
});
