import { both, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'quic-refused-by-hop',
  side: 'path',
  title: 'The router at home refuses UDP to port 443 and says so: nobody has to wait for that',
  target: 'https://four.example.com/',
  shows: 'quic-blocked',
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'quic', port: 443 },
    ],
  },
  break: [
    filterRule('home', 'forward', 'udp dport 443 reject with icmpx type admin-prohibited', {
      labelText: 'udp dport 443',
    }),
  ],
  expect: both({
    outcome: 'degraded',
    cause: 'quic-blocked',
    side: 'local-network',
    culprit: { kind: 'hop', address: ADDRESS.home },
  }),
  needs: ['nft'],
});
