import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { webShield } from '../../world/shields.js';

export default scenario({
  id: 'shield-scanner-gone',
  side: 'device',
  title: 'The scanner behind a real web shield has died, and the shield gives no page any more',
  target: 'http://four.example.com/',
  shows: 'antivirus-blocks-url',
  nearly: ['http-server-error', 'gateway-upstream-down'],
  services: { server: [https(), http()] },
  break: webShield({ scannerGone: true }),
  expect: both(
    failed('antivirus-blocks-url', {
      side: 'this-device',
      stage: 'http',
      ...likely,
      culprit: { kind: 'product', name: 'Squid' },
      innocent: ['http-server-error', 'gateway-upstream-down'],
    }),
  ),
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
