import { both, reachable, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';

export default scenario({
  id: 'forwarder-here',
  side: 'fine',
  title: 'A transparent proxy of this device passes every connection on as it is',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['antivirus-intercepts-tls', 'tls-intercepted', 'antivirus-blocks-url'],
  break: webShield({ scans: false, looksIn: false }),
  expect: both({ ...reachable, innocent: ['antivirus-intercepts-tls', 'tls-intercepted', 'antivirus-blocks-url'] }),
  needs: ['nft', 'squid'],
});
