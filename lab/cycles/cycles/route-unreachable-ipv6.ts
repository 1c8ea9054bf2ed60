import { cycle } from '../cycle.js';

export default cycle({
  id: 'route-unreachable-ipv6',
  title: 'An unreachable route of IPv6',
  remedy: 'remove-refusing-route',
  target: 'http://[2001:db8:100::10]/',
  commands: /ip -6 route del unreachable 2001:db8:100::10/,
  async breaks(device) {
    await device.must('ip -6 route add unreachable 2001:db8:100::10/128');
  },
});
