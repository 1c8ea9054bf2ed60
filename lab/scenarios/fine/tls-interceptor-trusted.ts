import { both, reachable, scenario } from '../../scenario.js';
import { http, https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'tls-interceptor-trusted',
  side: 'fine',
  title: "The certificate comes from a gateway's authority, which is installed on this device",
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['tls-intercepted', 'antivirus-intercepts-tls', 'certificate-untrusted'],
  services: { server: [https({ certificate: 'good', issuer: 'Zscaler Intermediate Root CA (lab)' }), http(), ssh()] },
  break: [],
  expect: both({ ...reachable, also: ['tls-intercepted'] }),
});
