import { reachable, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';

export default scenario({
  id: 'shield-trusted',
  side: 'fine',
  title: 'A real web shield of this device looks into every connection, and its authority is installed: it works',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['antivirus-intercepts-tls', 'antivirus-blocks-url', 'tls-intercepted'],
  environment: { NODE_EXTRA_CA_CERTS: '{world}/shield/ca.pem' },
  break: webShield(),
  expect: {
    root: { ...reachable, also: ['antivirus-intercepts-tls'] },
    user: { ...reachable, also: ['antivirus-intercepts-tls'] },
  },
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
