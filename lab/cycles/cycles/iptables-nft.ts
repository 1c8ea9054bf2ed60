import { cycle } from '../cycle.js';

export default cycle({
  id: 'iptables-nft',
  title: 'A rule of iptables (nft) rejects what is sent to port 80',
  remedy: 'allow-in-firewall',
  needs: ['iptables-nft'],
  commands: /iptables -I OUTPUT 2 -d 198\.51\.100\.10 -p tcp --dport 80/,
  async breaks(device) {
    await device.must('iptables-nft -A OUTPUT -o lo -j ACCEPT');
    await device.must('iptables-nft -A OUTPUT -p tcp -m multiport --dports 80,8080 -j REJECT --reject-with tcp-reset');
    await device.must('iptables-nft -A OUTPUT -p udp --dport 9 -j DROP');
  },
});
