import { cycle } from '../cycle.js';

export default cycle({
  id: 'vpn-routes-left',
  title: 'A VPN has ended; its tunnel and its two halves of the default route stay',
  remedy: 'remove-vpn-leftovers',
  needs: ['tun'],
  arguments: ['--allow-wider', '--i-accept-the-risk'],
  commands: /ip -4 route del 128\.0\.0\.0\/1 dev tun0 scope link table main/,
  async breaks(device) {
    await device.must('ip tuntap add dev tun0 mode tun');
    await device.must('ip addr add 10.8.0.2/24 dev tun0');
    await device.must('ip link set tun0 up');
    await device.must('ip route add 0.0.0.0/1 dev tun0');
    await device.must('ip route add 128.0.0.0/1 dev tun0');
  },
});
