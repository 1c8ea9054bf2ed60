import { both, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'quic-stopped-here',
  side: 'device',
  title: 'A rule of this computer drops UDP to port 443, and the server offers HTTP/3',
  target: 'https://four.example.com/',
  shows: 'quic-blocked',
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'quic', port: 443 },
    ],
  },
  break: [filterRule('device', 'output', 'udp dport 443 drop')],
  expect: both({ outcome: 'degraded', cause: 'quic-blocked', side: 'this-device' }),
  needs: ['nft'],
});
