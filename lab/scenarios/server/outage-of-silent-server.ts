import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { STATUS_NAMES, statusPage } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'outage-of-silent-server',
  side: 'server',
  title: 'The server is silent, and its status page tells of an outage',
  target: 'https://four.example.com/',
  shows: 'service-outage',
  nearly: ['server-firewall', 'dropped-on-path', 'host-down'],
  names: STATUS_NAMES,
  services: {
    reference: statusPage({
      page: { name: 'Example', updated_at: '2026-11-27T09:41:00.000Z' },
      status: { indicator: 'critical', description: 'Major Service Outage' },
    }),
  },
  break: [filterRule('server', 'input', 'tcp dport { 22, 80, 443 } drop', { labelText: 'drop' })],
  expect: both(
    failed('service-outage', {
      side: 'server',
      ...onlyLikely,
      culprit: { kind: 'service', location: /status\.example\.com/ },
    }),
  ),
  needs: ['nft'],
});
