import { failed, likely, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { HARMFUL, webShield } from '../../world/shields.js';

const page = { status: '200 OK', headers: ['Content-Type: text/html'], body: `<title>Prize</title>${HARMFUL}\n` };
const answer = failed('antivirus-blocks-url', {
  side: 'this-device',
  stage: 'http',
  culprit: { kind: 'signature', name: /Lab\.Harmful/, owner: 'c-icap' },
  innocent: ['http-forbidden', 'http-filtered', 'proxy-refuses', 'antivirus-intercepts-tls'],
});

export default scenario({
  id: 'shield-mistaken',
  side: 'device',
  title:
    'A web shield blocks a page in which another scanner of this device, asked about the page itself, finds nothing',
  target: 'https://four.example.com/',
  shows: 'antivirus-blocks-url',
  nearly: ['http-forbidden', 'http-filtered'],
  services: { server: [https({}, page), http(page)] },
  environment: { NODE_EXTRA_CA_CERTS: '{world}/shield/ca.pem' },
  break: webShield({ scannersApart: true }),
  expect: { root: { ...answer, certainty: { atLeast: 'proven' } }, user: { ...answer, ...likely } },
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
