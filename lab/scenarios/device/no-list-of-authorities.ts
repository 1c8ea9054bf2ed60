import { both, failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'no-list-of-authorities',
  side: 'device',
  title: 'A sandbox without any list of trusted authorities: no certificate holds, and nobody is between',
  target: 'https://four.example.com/',
  environment: { SSL_CERT_FILE: '/nonexistent/ca.pem', SSL_CERT_DIR: '/nonexistent' },
  shows: 'certificate-untrusted',
  nearly: ['tls-intercepted', 'antivirus-intercepts-tls'],
  break: [],
  expect: both(
    failed('certificate-untrusted', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'file' },
      evidence: /no certificate of an authority was found/,
      innocent: ['tls-intercepted', 'antivirus-intercepts-tls', 'captive-portal'],
    }),
  ),
});
