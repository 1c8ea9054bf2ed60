// Two equal links between the provider and the edge router: each connection takes one of them by its ports (RFC 2992).
import { ip, type Step, sysctl } from './steps.js';

/** The second link, beside the usual one. */
export const secondLink: readonly Step[] = [
  ip(
    'provider',
    'link add link core name core2 type macvlan mode private',
    'addr add 203.0.113.21/30 dev core2',
    'link set core2 up',
  ),
  ip(
    'edge',
    'link add link uplink name uplink2 type macvlan mode private',
    'addr add 203.0.113.22/30 dev uplink2',
    'link set uplink2 up',
  ),
  sysctl('provider', 'net.ipv4.fib_multipath_hash_policy=3', 'net.ipv4.fib_multipath_hash_fields=55'),
];

/** The provider spreads connections to the server's network over both. */
export const balanced: Step = ip(
  'provider',
  'route replace 198.51.100.0/24 nexthop via 203.0.113.9 nexthop via 203.0.113.22',
);
