import { failed, scenario, sure } from '../../scenario.js';
import { conntrackFull } from '../../world/products.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'conntrack-full',
  side: 'device',
  title: "The device's table of connections is full of connections that it may not forget",
  target: 'https://four.example.com/',
  shows: 'conntrack-table-full',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      'table inet lab { chain out { type filter hook output priority 0; policy accept; ct state new counter; }; }',
    ),
    ...conntrackFull('device'),
  ],
  expect: {
    root: failed('conntrack-table-full', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'limit', name: /nf_conntrack/ },
    }),
    user: failed('conntrack-table-full', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'limit', name: /nf_conntrack/ },
    }),
  },
  needs: ['nft', 'conntrack'],
});
