import { both, reachable, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'quic-works',
  side: 'fine',
  title: 'The server offers HTTP/3 and answers by it; UDP to another port is dropped',
  target: 'https://shop.example.com/',
  arguments: ['--thorough'],
  shows: 'reachable',
  nearly: ['quic-blocked'],
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'quic', port: 443 },
    ],
  },
  break: [],
  distractors: [filterRule('provider', 'forward', 'udp dport 8443 drop')],
  expect: both(reachable),
  needs: ['nft'],
});
