import { cycle } from '../cycle.js';

export default cycle({
  id: 'route-blackhole',
  title: 'A blackhole route swallows the network of the server',
  remedy: 'remove-refusing-route',
  commands: /ip -4 route del blackhole 198\.51\.100\.10 metric 7 table main/,
  async breaks(device) {
    await device.must('ip route add blackhole 198.51.100.10/32 metric 7');
  },
});
