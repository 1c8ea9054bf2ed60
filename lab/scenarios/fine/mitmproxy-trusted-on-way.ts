import { both, reachable, scenario } from '../../scenario.js';
import { mitmproxyOnWay } from '../../world/shields.js';

export default scenario({
  id: 'mitmproxy-trusted-on-way',
  side: 'fine',
  title: 'mitmproxy on the router looks into every connection, and its authority is installed here: it works',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['tls-intercepted', 'antivirus-intercepts-tls'],
  environment: { NODE_EXTRA_CA_CERTS: '{world}/mitm/mitmproxy-ca-cert.pem' },
  break: mitmproxyOnWay(),
  expect: both({ ...reachable, also: ['tls-intercepted'], innocent: ['antivirus-intercepts-tls'] }),
  needs: ['nft', 'mitmproxy'],
});
