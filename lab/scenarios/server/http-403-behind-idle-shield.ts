import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { webShield } from '../../world/shields.js';

const page = { status: '403 Forbidden', headers: ['Server: lab'], body: 'members only\n' };

// The shield looks into it and finds nothing: that the server says no is the server's own.
export default scenario({
  id: 'http-403-behind-idle-shield',
  side: 'server',
  title: 'The server forbids a page, and a real web shield of this device finds nothing in it',
  target: 'http://four.example.com/',
  shows: 'http-forbidden',
  nearly: ['antivirus-blocks-url', 'http-filtered', 'antivirus-intercepts-tls'],
  services: { server: [https({}, page), http(page)] },
  break: [],
  distractors: webShield(),
  expect: both(failed('http-forbidden', { ...likely, innocent: ['antivirus-blocks-url'] })),
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
