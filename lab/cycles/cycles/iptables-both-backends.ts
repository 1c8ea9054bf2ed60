import { cycle } from '../cycle.js';

export default cycle({
  id: 'iptables-both-backends',
  title: 'nft and iptables-legacy both drop it at the same priority: each gets its exception',
  remedy: 'allow-in-firewall',
  needs: ['iptables-legacy'],
  commands: /^iptables-legacy -I OUTPUT 1 /,
  async breaks(device) {
    await device.nft(
      'table inet filter { chain output { type filter hook output priority 0; policy accept; tcp dport 80 drop; }; }\n',
    );
    await device.must('iptables-legacy -A OUTPUT -p tcp --dport 80 -j DROP');
  },
});
