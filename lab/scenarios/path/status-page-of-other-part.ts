import { both, scenario, failed, undetermined } from '../../scenario.js';
import { STATUS_NAMES, statusPage } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const page = { name: 'Example', updated_at: '2026-11-27T09:41:00.000Z' };
const status = { indicator: 'minor', description: 'Minor Service Outage' };

export default scenario({
  id: 'status-page-of-other-part',
  side: 'path',
  title: 'The provider drops what is sent to the server, and the status page tells of trouble with billing',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['service-outage'],
  names: STATUS_NAMES,
  services: {
    reference: statusPage(
      { page, status },
      { page, status, components: [{ name: 'Billing', status: 'degraded_performance' }], incidents: [] },
    ),
  },
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 drop`, { labelText: 'tcp dport 443' }),
  ],
  expect: both({
    anyOf: [
      failed(['dropped-on-path', 'server-firewall'], { certainty: { atMost: 'likely' }, innocent: ['service-outage'] }),
      undetermined(['dropped-on-path'], { innocent: ['service-outage'] }),
    ],
  }),
  needs: ['nft'],
});
