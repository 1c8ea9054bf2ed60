import { cycle } from '../cycle.js';

export default cycle({
  id: 'route-prohibit-network',
  title: 'A static prohibit route forbids the whole network of the server: wider, and against what somebody meant',
  remedy: 'remove-refusing-route',
  arguments: ['--allow-wider', '--i-accept-the-risk'],
  commands: /ip -4 route del prohibit 198\.51\.100\.0\/24 proto static table main/,
  async breaks(device) {
    await device.must('ip route add prohibit 198.51.100.0/24 proto static');
  },
});
