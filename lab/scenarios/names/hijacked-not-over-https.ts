import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'hijacked-not-over-https',
  side: 'names',
  title:
    'All questions over UDP and TCP are caught and led to an address where nobody is; port 853 is dropped; over HTTPS the truth comes',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['nothing-listening', 'stale-dns-cache', 'host-down'],
  services: {
    reference: REFERENCE.map((service) =>
      service.kind === 'dns'
        ? {
            ...service,
            overHttps: true as const,
            tls: { certificate: 'good' as const, names: [ADDRESS.referenceResolver] },
          }
        : service,
    ),
  },
  break: [
    dnsmasq(
      'provider',
      '--interface=access',
      `--address=/four.example.com/${ADDRESS.edge}`,
      `--server=${ADDRESS.resolver}`,
    ),
    nft(
      'provider',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "access" udp dport 53 redirect to :53
        iifname "access" tcp dport 53 redirect to :53
      }
        chain forward { type filter hook forward priority filter; policy accept; iifname "access" tcp dport 853 drop; }
      }\n`,
    ),
  ],
  expect: both(
    failed('dns-answer-forged', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { address: ADDRESS.provider },
      evidence: /over HTTPS with its certificate/,
      innocent: ['nothing-listening', 'stale-dns-cache', 'name-filtered'],
    }),
  ),
  needs: ['nft', 'dnsmasq'],
});
