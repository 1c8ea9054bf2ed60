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
  id: 'shield-blocks-plain-page',
  side: 'device',
  title:
    'A real web shield (Squid, c-icap, clamd) finds its signature in a page that comes in the clear, and gives one of its own',
  target: 'http://four.example.com/',
  shows: 'antivirus-blocks-url',
  nearly: ['http-forbidden', 'http-filtered'],
  services: { server: [https({}, page), http(page)] },
  break: webShield(),
  expect: { root: { ...answer, certainty: { atLeast: 'proven' } }, user: { ...answer, ...likely } },
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
