import { cycle } from '../cycle.js';

export default cycle({
  id: 'ufw-same-order',
  title: 'ufw rejects this very address and port: the order is turned round where it stands, and back again',
  remedy: 'allow-in-firewall',
  needs: ['ufw'],
  commands: /ufw allow out proto tcp to 198\.51\.100\.10 port 80/,
  async breaks(device) {
    await device.must('ufw --force enable');
    await device.must('ufw deny out to 192.0.2.0/24');
    await device.must('ufw reject out proto tcp to 198.51.100.10 port 80 comment kids');
    await device.must('ufw deny out 9/udp');
  },
  reload: ['ufw', 'reload'],
  boots: async (device) => void (await device.must('/lib/ufw/ufw-init start')),
});
