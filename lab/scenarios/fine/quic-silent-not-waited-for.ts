import { both, reachable, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'quic-silent-not-waited-for',
  side: 'fine',
  title: 'UDP to port 443 is dropped on the way: without --thorough nobody waits long enough to know',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['quic-blocked'],
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'quic', port: 443 },
    ],
  },
  break: [],
  distractors: [filterRule('provider', 'forward', 'udp dport 443 drop')],
  expect: both(reachable),
  needs: ['nft'],
});
