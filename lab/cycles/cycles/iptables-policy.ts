import { cycle } from '../cycle.js';

export default cycle({
  id: 'iptables-policy',
  title: 'The policy of iptables drops what is sent, and a chain of its own has the exceptions',
  remedy: 'allow-in-firewall',
  needs: ['iptables-nft'],
  commands: /iptables -I OUTPUT 3/,
  async breaks(device) {
    await device.must('iptables-nft -N web');
    await device.must('iptables-nft -A web -d 192.0.2.0/24 -j ACCEPT');
    await device.must('iptables-nft -A OUTPUT -o lo -j ACCEPT');
    await device.must('iptables-nft -A OUTPUT -p tcp -j web');
    await device.must('iptables-nft -P OUTPUT DROP');
  },
});
