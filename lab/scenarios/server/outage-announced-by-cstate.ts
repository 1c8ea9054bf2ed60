import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { cStatePage, https, STATUS_NAMES, ssh } from '../../world/internet.js';

const issue = { is: 'issue', title: 'Shop unavailable', createdAt: '2026-11-27 09:30:00 +0000 UTC', severity: 'down' };

export default scenario({
  id: 'outage-announced-by-cstate',
  side: 'server',
  title: 'The site answers 503, and its own status page, made by cState, says that all is down',
  target: 'https://shop.example.com/',
  shows: 'service-outage',
  nearly: ['http-server-error', 'gateway-upstream-down'],
  names: STATUS_NAMES,
  services: {
    server: [https({}, { status: '503 Service Unavailable', headers: ['Server: lab'], body: '<h1>Sorry</h1>' }), ssh()],
    reference: cStatePage({
      is: 'index',
      cStateVersion: '5.2',
      title: 'Example',
      summaryStatus: 'down',
      systems: [{ name: 'Shop', status: 'down', unresolvedIssues: [issue] }],
    }),
  },
  break: [],
  expect: both(
    failed('service-outage', {
      side: 'server',
      ...onlyLikely,
      culprit: { kind: 'service', name: 'Example', location: /status\.example\.com/ },
      evidence: /Shop unavailable/,
    }),
  ),
});
