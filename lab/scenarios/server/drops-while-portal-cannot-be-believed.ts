import { failed, scenario, undetermined } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { captive, lease, PORTAL_API, PORTAL_NAMES } from '../../world/portal.js';
import { filterRule } from '../../world/steps.js';

const open = { innocent: ['captive-portal'], innocentText: ['portal.guests.example'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...open }),
    undetermined(['server-firewall'], open),
  ],
} as const;

export default scenario({
  id: 'drops-while-portal-cannot-be-believed',
  side: 'server',
  title: "What the lease names as the portal's API has a certificate of another name: its word counts for nothing",
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['captive-portal'],
  names: PORTAL_NAMES,
  services: {
    home: [
      https(
        { names: ['other.guests.example'] },
        { status: '200 OK', headers: ['Content-Type: application/captive+json'], body: JSON.stringify(captive) },
      ),
    ],
  },
  break: [filterRule('server', 'input', 'tcp dport 443 drop'), ...lease(PORTAL_API)],
  expect: { root: either, user: either },
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
