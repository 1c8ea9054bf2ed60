import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'ufw-pause',
  title: 'The rules of ufw are passed for a moment, beneath ufw: nothing of it is kept',
  remedy: 'pause-firewall',
  words: ['pause', 'firewall', TARGET, '--for', '20s', '--yes', '--json', '--no-references'],
  proves: 'local-firewall',
  needs: ['ufw'],
  commands: /^iptables -I OUTPUT \d+ .*-m time --datestop 20/,
  reload: ['ufw', 'reload'],
  async breaks(device) {
    await device.must('ufw default deny outgoing');
    await device.must('ufw allow out 53');
    await device.must('ufw --force enable');
  },
});
