import { cycle } from '../cycle.js';

export default cycle({
  id: 'ufw-default-deny',
  title: 'ufw rejects by default what nobody allowed',
  remedy: 'allow-in-firewall',
  needs: ['ufw'],
  commands: /ufw prepend allow out proto tcp to 198\.51\.100\.10 port 80/,
  reload: ['ufw', 'reload'],
  async breaks(device) {
    await device.must('ufw default reject outgoing');
    await device.must('ufw allow out 53');
    await device.must('ufw --force enable');
  },
});
