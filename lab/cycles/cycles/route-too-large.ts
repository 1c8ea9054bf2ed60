import { applySteps } from '../../world/apply.js';
import { must } from '../../world/process.js';
import { filterRule, ip } from '../../world/steps.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'route-too-large',
  title:
    'Its own network carries 9000 bytes, the way back 1420 in silence: the route is bounded, its own network is not',
  remedy: 'bound-route',
  target: 'http://four.example.com:8080/',
  commands: /ip -4 route add 198\.51\.100\.10 via 192\.168\.7\.1 dev eth0 mtu 14[12]\d/,
  async breaks(device) {
    const { world } = device;
    await device.must('ip link set eth0 mtu 9000');
    await applySteps(world, [
      ip('home', 'link set lan mtu 9000'),
      ip('edge', 'link set uplink mtu 1420'),
      filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
    ]);
  },
  async mends({ world }) {
    await applySteps(world, [ip('home', 'link set lan mtu 1500'), ip('edge', 'link set uplink mtu 1500')]);
    await must(...world.inside('edge', 'nft', 'delete', 'table', 'inet', 'lab'));
  },
});
