import { both, scenario, undetermined } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Near to it: names/hijack-harmless, where a server that serves something speaks for the answer.
export default scenario({
  id: 'hijacked-to-closed-port',
  side: 'names',
  title:
    'All questions are led to a resolver that lies, port 853 is dropped, and the machine that it names serves nobody',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['nothing-listening'],
  services: { resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })] },
  break: [
    nft(
      'provider',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "access" udp dport 53 dnat to ${ADDRESS.resolver}:53
        iifname "access" tcp dport 53 dnat to ${ADDRESS.resolver}:53
      }
        chain forward { type filter hook forward priority filter; policy accept; iifname "access" tcp dport 853 drop; }
      }\n`,
    ),
  ],
  expect: both(undetermined(['dns-answer-forged', 'nothing-listening'])),
  needs: ['nft'],
});
