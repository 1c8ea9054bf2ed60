import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Near misses: port-80-led-to-program-here, where the server behind such a program says no, and path/http-block-page-451.
export default scenario({
  id: 'program-here-answers-451',
  side: 'device',
  title:
    'A rule of this computer leads port 80 to a program here, which answers "withheld for legal reasons" by itself',
  target: 'http://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['legal-block', 'http-filtered'],
  services: {
    device: [http({ status: '451 Unavailable For Legal Reasons', body: 'withheld\n' }, 8080)],
    server: [http()],
  },
  break: [
    nft(
      'device',
      `table ip lab { chain out { type nat hook output priority -100; policy accept; ip daddr ${ADDRESS.server} tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(undetermined(['connection-redirected', 'legal-block'], { innocent: ['legal-block', 'http-filtered'] })),
  needs: ['nft'],
});
