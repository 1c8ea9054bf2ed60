import { both, failed, onlyLikely, scenario } from '../../scenario.js';

// The system's own hashed directory is still read, as OpenSSL does, and lacks the authority of this network. That others
// come with its certificates as well shows nothing then. Near miss: path/intercepted, with the list that was meant.
export default scenario({
  id: 'list-of-authorities-hollow',
  side: 'device',
  title:
    'SSL_CERT_FILE names a file without any certificate: nobody is between, though all certificates are of one authority',
  target: 'https://four.example.com/',
  environment: { SSL_CERT_FILE: '/dev/null' },
  shows: 'certificate-untrusted',
  nearly: ['tls-intercepted', 'antivirus-intercepts-tls'],
  break: [],
  expect: both(
    failed('certificate-untrusted', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'file', location: '/dev/null' },
      innocent: ['tls-intercepted', 'antivirus-intercepts-tls', 'captive-portal'],
    }),
  ),
});
