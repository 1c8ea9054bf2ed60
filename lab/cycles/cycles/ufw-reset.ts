import { cycle } from '../cycle.js';

export default cycle({
  id: 'ufw-reset',
  title: 'ufw goes back to its first settings, and every file and rule of it comes back',
  remedy: 'reset-firewall',
  words: ['reset', 'firewall', '--yes', '--json'],
  needs: ['ufw'],
  commands: /^ufw --force reset$/,
  async breaks(device) {
    await device.must('ufw default reject outgoing');
    await device.must('ufw allow out 53');
    await device.must('ufw limit 22/tcp');
    await device.words('ufw', 'deny', 'in', 'from', '203.0.113.9', 'comment', 'a neighbour');
    await device.must('ufw --force enable');
    // Others' rules stand beside it, and stay.
    await device.nft(
      'table inet other { chain c { type filter hook input priority 5; tcp dport 9 counter drop; }; }\n',
    );
  },
  reload: ['ufw', 'reload'],
});
