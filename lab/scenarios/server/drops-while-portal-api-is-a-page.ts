import { failed, scenario, undetermined } from '../../scenario.js';
import { lease, PORTAL_API, PORTAL_NAMES, portalApi } from '../../world/portal.js';
import { filterRule } from '../../world/steps.js';

const open = { innocent: ['captive-portal'], innocentText: ['portal.guests.example'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...open }),
    undetermined(['server-firewall'], open),
  ],
} as const;

// Option 114 once was any "default URL": a page there, even one with the word in it, is no word of a portal.
export default scenario({
  id: 'drops-while-portal-api-is-a-page',
  side: 'server',
  title: 'The lease names a page of the house, which is no API of a portal; the server itself drops',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['captive-portal'],
  names: PORTAL_NAMES,
  services: {
    home: [
      portalApi({
        status: '200 OK',
        headers: ['Content-Type: text/html'],
        body: '{"captive": true, "user-portal-url": "https://portal.guests.example/"}',
      }),
    ],
  },
  break: [filterRule('server', 'input', 'tcp dport 443 drop'), ...lease(PORTAL_API)],
  expect: { root: either, user: either },
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
