import { atMostLikely, both, failed, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'shield-kept-from-server',
  side: 'device',
  title: 'A web shield on this computer looks into connections, and a rule of this computer stops what it sends itself',
  target: 'https://four.example.com/',
  shows: 'gateway-upstream-down',
  nearly: ['server-closes-at-once', 'http-forbidden'],
  environment: { NODE_EXTRA_CA_CERTS: '{world}/shield/ca.pem' },
  break: [
    ...webShield({ scans: false }),
    filterRule('device', 'output', 'meta skuid 13 tcp dport 443 reject with tcp reset'),
  ],
  // What becomes of the shield's own connections nobody but itself sees.
  expect: both(
    failed('gateway-upstream-down', {
      side: 'unknown',
      ...atMostLikely,
      culprit: { kind: 'process' },
      innocent: ['nothing-listening', 'server-closes-at-once', 'http-forbidden'],
    }),
  ),
  needs: ['nft', 'squid'],
});
