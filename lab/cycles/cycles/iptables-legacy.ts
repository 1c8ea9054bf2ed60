import { cycle } from '../cycle.js';

export default cycle({
  id: 'iptables-legacy',
  title: 'A rule of iptables-legacy rejects what is sent to port 80',
  remedy: 'allow-in-firewall',
  needs: ['iptables-legacy'],
  commands: /iptables-legacy -I OUTPUT 2 -d 198\.51\.100\.10 -p tcp --dport 80/,
  async breaks(device) {
    await device.must('iptables-legacy -A OUTPUT -o lo -j ACCEPT');
    await device.must('iptables-legacy -A OUTPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset');
    await device.must('iptables-legacy -A OUTPUT -p udp --dport 9 -j DROP');
  },
});
