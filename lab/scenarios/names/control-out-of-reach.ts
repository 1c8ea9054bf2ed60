import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'control-out-of-reach',
  side: 'names',
  title:
    'The name leads to a server with a certificate of somebody else, and no reference can be asked: nobody is blamed surely',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['certificate-name-mismatch', 'dns-answer-forged'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({ certificate: 'other-name' })],
    reference: [],
  },
  break: [],
  expect: both({
    anyOf: [
      failed(['certificate-name-mismatch', 'name-filtered'], {
        certainty: { atMost: 'likely' },
        innocent: ['dns-answer-forged', 'stale-dns-cache'],
      }),
      undetermined([], { innocent: ['dns-answer-forged', 'stale-dns-cache'] }),
    ],
  }),
});
