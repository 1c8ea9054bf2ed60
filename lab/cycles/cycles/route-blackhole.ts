import { cycle } from '../cycle.js';

export default cycle({
  id: 'route-blackhole',
  title: 'A blackhole route for the one server: the kernel throws away what goes there, without a word',
  remedy: 'remove-refusing-route',
  commands: /ip -4 route del blackhole 198\.51\.100\.10/,
  async breaks(device) {
    await device.must('ip route add blackhole 198.51.100.10');
  },
});
