import { cycle } from '../cycle.js';

export default cycle({
  id: 'vpn-rule-left',
  title: 'A dead tunnel has a table of its own and the rule that leads there, as wg-quick makes them',
  remedy: 'remove-vpn-leftovers',
  needs: ['tun'],
  arguments: ['--allow-wider', '--i-accept-the-risk'],
  commands: /ip -4 rule del priority 5210 not from all fwmark 0xca6c lookup 51820/,
  async breaks(device) {
    await device.must('ip tuntap add dev wg0 mode tun');
    await device.must('ip addr add 10.99.0.2/32 dev wg0');
    await device.must('ip link set wg0 up');
    await device.must('ip route add default dev wg0 table 51820');
    await device.must('ip rule add priority 5210 not fwmark 0xca6c lookup 51820');
    await device.must('ip rule add priority 5209 lookup main suppress_prefixlength 0');
  },
});
