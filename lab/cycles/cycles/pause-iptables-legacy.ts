import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'pause-iptables-legacy',
  title: 'A rule of iptables-legacy is passed for a moment, until a time that stands in the rule',
  remedy: 'pause-firewall',
  words: ['pause', 'firewall', TARGET, '--for', '20s', '--yes', '--json', '--no-references'],
  proves: 'local-firewall',
  needs: ['iptables-legacy'],
  commands: /^iptables-legacy -I OUTPUT 1 .*--mark 0x7762\w+ -m time --datestop 20/,
  async breaks(device) {
    await device.must('iptables-legacy -A OUTPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset');
  },
});
