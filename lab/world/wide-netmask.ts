// A device whose netmask is wider than its network: it looks on its own link for what the router would lead on.
import { ip, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

export function netmaskOf(bits: number): Step {
  return ip(
    'device',
    `addr del ${ADDRESS.device}/24 dev eth0`,
    `addr add ${ADDRESS.device}/${bits} dev eth0`,
    `route add default via ${ADDRESS.home}`,
  );
}

/** The provider's resolver has that address as well. */
export function resolverAlsoAt(address: string): Step[] {
  return [
    ip('resolver', `addr add ${address}/32 dev eth0`),
    ip('provider', `route add ${address}/32 via ${ADDRESS.resolver}`),
  ];
}
