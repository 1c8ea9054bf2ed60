import { applySteps } from '../../world/apply.js';
import { must } from '../../world/process.js';
import { filterRule, ip } from '../../world/steps.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'mss-clamp',
  title:
    'The way back carries 1420 bytes in silence, and this computer passes packets on for others: segments are bounded for all',
  remedy: 'clamp-mss',
  target: 'http://four.example.com:8080/',
  commands:
    /nft 'add rule inet whoblocked_mss_[a-z2-7]{8} way_out .*oifname "?eth0"? tcp flags & \(syn \| rst\) == syn tcp option maxseg size set 13[78]\d/,
  async breaks(device) {
    await device.must('sysctl -q -w net.ipv4.ip_forward=1');
    await applySteps(device.world, [
      ip('edge', 'link set uplink mtu 1420'),
      filterRule('edge', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
    ]);
  },
  async mends(device) {
    const { world } = device;
    await device.must('sysctl -q -w net.ipv4.ip_forward=0');
    await applySteps(world, [ip('edge', 'link set uplink mtu 1500')]);
    await must(...world.inside('edge', 'nft', 'delete', 'table', 'inet', 'lab'));
  },
});
