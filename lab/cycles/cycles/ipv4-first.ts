import { applySteps } from '../../world/apply.js';
import { ip } from '../../world/steps.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'ipv4-first',
  title: 'IPv6 to the server is refused on its way, IPv4 works: programs are to try IPv4 first',
  remedy: 'prefer-ipv4',
  target: 'http://shop.example.com/',
  commands: /add "precedence ::ffff:0:0\/96 {2}100" below line \d+ of \/etc\/gai\.conf/,
  async breaks({ world }) {
    await applySteps(world, [ip('home', 'route add prohibit 2001:db8:100::/64')]);
  },
  async mends({ world }) {
    await applySteps(world, [ip('home', 'route del prohibit 2001:db8:100::/64')]);
  },
  boots: () => Promise.resolve(),
});
