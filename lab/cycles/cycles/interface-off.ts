import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'interface-off',
  title: 'The interface is switched off, and its way out is gone with it',
  remedy: 'switch-interface-on',
  commands: /ip link set dev eth0 up/,
  async breaks(device) {
    const text = 'iface eth0 inet static\n  address 192.168.7.20/24\n  gateway 192.168.7.1\n';
    writeEtc(device, 'network/interfaces', text);
    await device.must('ip link set eth0 down');
  },
});
