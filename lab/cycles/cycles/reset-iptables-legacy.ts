import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const saved =
  '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n';

export default cycle({
  id: 'reset-iptables-legacy',
  title: 'Rules of iptables-legacy go back to what is saved for the start, and come back in their order',
  remedy: 'reset-firewall',
  words: ['reset', 'firewall', '--yes', '--json'],
  needs: ['iptables-legacy'],
  commands: /^iptables-restore \/etc\/iptables\/rules\.v4/,
  async breaks(device) {
    mkdirSync(device.etc('iptables'), { recursive: true });
    writeEtc(device, 'iptables/rules.v4', saved);
    await device.must('iptables-legacy -P FORWARD DROP');
    await device.must('iptables-legacy -N mine');
    await device.must('iptables-legacy -A OUTPUT -p tcp --dport 80 -j mine');
    await device.words('iptables-legacy', '-A', 'mine', '-p', 'tcp', '-m', 'comment', '--comment', "it's mine", '-j', 'REJECT', '--reject-with', 'tcp-reset'); // prettier-ignore
    await device.must('iptables-legacy -t mangle -A POSTROUTING -o eth0 -j TTL --ttl-set 60');
    await device.must('ip6tables-legacy -A INPUT -p tcp --dport 22 -j DROP');
  },
});
