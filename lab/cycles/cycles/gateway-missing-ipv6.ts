import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'gateway-missing-ipv6',
  title: 'The default route of IPv6 is gone; the settings of systemd-networkd name the router',
  remedy: 'set-gateway',
  target: 'http://[2001:db8:100::10]/',
  commands: /ip -6 route add default via 2001:db8:7::1 dev eth0 metric 1024 table main/,
  async breaks(device) {
    await device.must('ip -6 route del default');
    mkdirSync(device.etc('systemd/network'), { recursive: true });
    const text = '[Match]\nName=eth0\n[Network]\nAddress=2001:db8:7::20/64\nGateway=2001:db8:7::1\n';
    writeEtc(device, 'systemd/network/10-eth0.network', text);
  },
});
