// A dead tunnel that holds the routes, as a VPN leaves it.
import { ip, ip6 } from '../../world/steps.js';
import type { Draft } from '../world/draft.js';
import type { Faults } from './fault.js';

function dead(draft: Draft): string {
  const { random, network } = draft;
  const name = random.pick(['wg0', 'tun0', 'nordlynx', 'proton0', 'tun1']);
  const whole = random.chance(0.5);
  draft.steps.push(
    ip(
      'device',
      `link add ${name} index 90 type veth peer name peer0 index 91`,
      `link set ${name} arp off`,
      `link set ${name} up`,
      'link set peer0 up',
      `addr add 10.99.${random.below(200)}.2/32 dev ${name}`,
    ),
  );
  for (const family of network.families) {
    // Halves of everything, as VPN programs write them, so that the default route stays.
    const to = whole ? (family === 4 ? ['0.0.0.0/1', '128.0.0.0/1'] : ['::/1', '8000::/1']) : [network.servers[family]];
    const add = to.map((net) => `route add ${net} dev ${name}`);
    draft.steps.push(family === 4 ? ip('device', ...add) : ip6('device', ...add));
  }
  return `device: dead ${name} holds ${whole ? 'all routes' : "the server's net"}`;
}

export const tunnels: Faults = [[1, dead]];
