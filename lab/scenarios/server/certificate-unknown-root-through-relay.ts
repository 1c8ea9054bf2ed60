import { both, scenario, undetermined } from '../../scenario.js';
import { http, https, ssh } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Port forwarders and clients of proxies end connections here too, and change nothing in them.
export default scenario({
  id: 'certificate-unknown-root-through-relay',
  side: 'server',
  title: "A program of this device passes connections on, and the server's own certificate is not trusted",
  target: 'https://four.example.com/',
  shows: 'certificate-untrusted',
  nearly: ['antivirus-intercepts-tls', 'tls-intercepted'],
  services: {
    device: [{ kind: 'relay', port: 8443, to: { address: ADDRESS.server, port: 9443 } }],
    server: [https({ certificate: 'unknown-root' }, undefined, 9443), https(), http(), ssh()],
  },
  break: [],
  distractors: [
    nft(
      'device',
      `table inet relay { chain out { type nat hook output priority -100; policy accept;
        ip daddr ${ADDRESS.server} tcp dport 443 redirect to :8443
      }
      }\n`,
    ),
  ],
  expect: both(undetermined(['certificate-untrusted'], { innocent: ['antivirus-intercepts-tls', 'tls-intercepted'] })),
  needs: ['nft'],
});
