import { applySteps } from '../../world/apply.js';
import { must } from '../../world/process.js';
import { filterRule, ip } from '../../world/steps.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'mtu-too-large',
  title: 'The way back carries 1420 bytes in silence: a long page never comes',
  remedy: 'lower-mtu',
  target: 'http://four.example.com:8080/',
  commands: /ip link set dev eth0 mtu 14[12]\d/,
  breaks: ({ world }) =>
    applySteps(world, [
      ip('edge', 'link set uplink mtu 1420'),
      filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
    ]),
  async mends({ world }) {
    await applySteps(world, [ip('edge', 'link set uplink mtu 1500')]);
    await must(...world.inside('edge', 'nft', 'delete', 'table', 'inet', 'lab'));
  },
});
