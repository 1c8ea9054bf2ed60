import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https, STATUS_NAMES, ssh, statusPage } from '../../world/internet.js';

const page = { id: 'x', name: 'Example', url: 'https://status.example.com', updated_at: '2026-11-27T09:41:00.000Z' };
const status = { indicator: 'major', description: 'Partial System Outage' };

export default scenario({
  id: 'outage-announced',
  side: 'server',
  title: 'The site answers 503, and its own status page tells of an outage',
  target: 'https://shop.example.com/',
  shows: 'service-outage',
  nearly: ['http-server-error', 'gateway-upstream-down'],
  names: STATUS_NAMES,
  services: {
    server: [https({}, { status: '503 Service Unavailable', headers: ['Server: lab'], body: '<h1>Sorry</h1>' }), ssh()],
    reference: statusPage(
      { page, status },
      {
        page,
        status,
        components: [{ name: 'Shop', status: 'major_outage', group: false }],
        incidents: [{ name: 'Shop unavailable', status: 'investigating', started_at: '2026-11-27T09:30:00.000Z' }],
      },
    ),
  },
  break: [],
  expect: both(
    failed('service-outage', {
      side: 'server',
      ...onlyLikely,
      culprit: { kind: 'service', name: 'Example', location: /status\.example\.com/ },
      evidence: /Partial System Outage.*2026-11-27/,
    }),
  ),
});
