import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'pause-whole-firewall',
  title: 'The whole firewall is off for a moment, and back rule for rule',
  remedy: 'pause-firewall',
  words: ['pause', 'firewall', TARGET, '--for', '20s', '--yes', '--json', '--no-references', '--whole'],
  proves: 'local-firewall',
  commands: /^nft flush ruleset$/,
  async breaks(device) {
    await device.nft(
      'table inet mine { chain out { type filter hook output priority 0; tcp dport 80 counter drop; }; }\n',
    );
    await device.words('iptables-nft', '-A', 'OUTPUT', '-p', 'tcp', '-m', 'comment', '--comment', 'x', '--dport', '81', '-j', 'REJECT'); // prettier-ignore
    await device.must('iptables-nft -N zeta');
  },
});
