import { atMostLikely, failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'redirected-to-dead-port',
  side: 'device',
  title: 'A rule for a transparent proxy leads HTTPS to a port of this device where nothing listens any more',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  tcp dport 443 redirect to :3129\n }\n}\n',
      { redirect: 'redirect to :3129' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect', table: 'lab', chain: 'out' } },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    // Refused on this device: that is seen, and not by which kind of rule.
    user: failed(['connection-redirected', 'local-firewall', 'undetermined'], {
      side: 'this-device',
      ...atMostLikely,
      innocent: ['nothing-listening'],
    }),
  },
  needs: ['nft'],
});
