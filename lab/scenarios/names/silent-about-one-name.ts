import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'silent-about-one-name',
  side: 'names',
  title: 'The resolver answers everything but questions about this name, to which it keeps silent',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['resolver-unreachable', 'packet-loss'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.server], behaviour: { silent: true } } })],
  },
  break: [],
  expect: both(
    failed('resolver-failing', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      evidence: /keeps silent about four\.example\.com/,
      innocent: ['resolver-unreachable', 'packet-loss'],
    }),
  ),
});
