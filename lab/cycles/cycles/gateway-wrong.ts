import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'gateway-wrong',
  title: 'The default route leads to nobody; the settings of ifupdown name the router',
  remedy: 'set-gateway',
  commands: /ip -4 route replace default via 192\.168\.7\.1 dev eth0 metric 50 table main/,
  async breaks(device) {
    await device.must('ip route del default');
    await device.must('ip route add default via 192.168.7.99 dev eth0 proto static metric 50');
    const text = 'auto eth0\niface eth0 inet static\n  address 192.168.7.20/24\n  gateway 192.168.7.1\n';
    writeEtc(device, 'network/interfaces', text);
  },
});
