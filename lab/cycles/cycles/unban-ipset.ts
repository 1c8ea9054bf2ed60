import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-ipset',
  title: 'A set of ipset holds the network of the server, with a time and a comment',
  remedy: 'unban-address',
  needs: ['iptables-nft', 'ipset'],
  arguments: ['--only', 'unban-address', '--allow-wider'],
  commands: /ipset del blocked 198\.51\.100\.0\/24/,
  async breaks(device) {
    await device.must('ipset create blocked hash:net family inet timeout 0 comment');
    await device.must('ipset add blocked 203.0.113.77 timeout 3000');
    await device.words('ipset', 'add', 'blocked', '198.51.100.0/24', 'timeout', '3000', 'comment', 'a whole network');
    await device.must('iptables -A INPUT -m set --match-set blocked src -j DROP');
  },
});
