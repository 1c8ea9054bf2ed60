import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// OONI's case 47.
export default scenario({
  id: 'forged-address-and-name-reset',
  side: 'names',
  title: 'A forged answer leads the name astray, and at the true address what asks for the name is reset',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['host-down', 'server-firewall', 'stale-dns-cache'],
  services: {
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.server], behaviour: { before: { A: [ADDRESS.edge], thenMs: 40 } } },
      }),
    ],
  },
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('dns-answer-forged', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      evidence: /two answers came to one question/,
      also: ['sni-filtered'],
      innocent: ['nothing-listening', 'stale-dns-cache', 'name-filtered'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
