import { both, reachable, scenario } from '../../scenario.js';
import { NAMES, dns, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const challenge = {
  status: '403 Forbidden',
  headers: ['Server: cloudflare', 'cf-mitigated: challenge', 'Content-Type: text/html'],
  body: '<title>Just a moment...</title>\n',
};

export default scenario({
  id: 'challenge-page',
  side: 'fine',
  title: 'A CDN wants to see a browser, at each of its addresses: no name server has a part in it',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['http-forbidden', 'name-filtered', 'dns-answer-forged'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({}, challenge)],
    server: [https({}, challenge)],
  },
  break: [],
  expect: both(reachable),
});
