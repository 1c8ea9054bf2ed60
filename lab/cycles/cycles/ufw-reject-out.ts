import { cycle } from '../cycle.js';

export default cycle({
  id: 'ufw-reject-out',
  title: 'ufw rejects what is sent to port 80',
  remedy: 'allow-in-firewall',
  needs: ['ufw'],
  commands: /ufw prepend allow out proto tcp to 198\.51\.100\.10 port 80/,
  async breaks(device) {
    await device.must('ufw --force enable');
    await device.must('ufw reject out 80/tcp comment kids');
    await device.must('ufw deny out to 192.0.2.0/24');
  },
  reload: ['ufw', 'reload'],
  boots: async (device) => void (await device.must('/lib/ufw/ufw-init start')),
});
