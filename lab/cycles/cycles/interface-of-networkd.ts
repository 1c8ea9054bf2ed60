import { cycle } from '../cycle.js';
import { startNetworkd } from '../networkd.js';

const settings = 'Address=192.168.7.20/24\nGateway=192.168.7.1\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n';

export default cycle({
  id: 'interface-of-networkd',
  title: 'The real systemd-networkd was told to switch the interface off',
  remedy: 'switch-interface-on',
  needs: ['networkd'],
  commands: /networkctl up eth0/,
  async breaks(device) {
    await startNetworkd(device, settings);
    await device.must('networkctl down eth0');
    await device.must('sleep 1');
  },
});
