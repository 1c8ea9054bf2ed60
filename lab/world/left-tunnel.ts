import { ip } from './steps.js';

/** What a VPN that ended leaves behind: a tunnel that no program serves, and its two halves of the default route of IPv4. */
export const LEFT_TUNNEL = ip(
  'device',
  'tuntap add dev tun0 mode tun',
  'addr add 10.8.0.2/24 dev tun0',
  'link set tun0 up',
  'route add 0.0.0.0/1 dev tun0',
  'route add 128.0.0.0/1 dev tun0',
);
