import { both, scenario, failed } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'port-80-led-to-program-here',
  side: 'device',
  title: 'A rule of this computer leads port 80 to a program here, which passes it on; the server forbids the page',
  target: 'http://four.example.com/',
  shows: 'http-forbidden',
  nearly: ['transparent-proxy', 'http-filtered'],
  services: {
    device: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.server, port: 8081 },
        byText: { 'connectivity.example.net': { address: ADDRESS.reference, port: 80 } },
      },
    ],
    server: [http({ status: '403 Forbidden', headers: ['Server: lab'], body: 'not for you\n' }, 8081)],
  },
  break: [
    nft(
      'device',
      `table ip lab { chain out { type nat hook output priority -100; policy accept; ip daddr ${ADDRESS.server} tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both({
    anyOf: [
      failed(['http-forbidden', 'antivirus-blocks-url', 'connection-redirected'], {
        certainty: { atMost: 'likely' },
        innocent: ['transparent-proxy', 'http-filtered'],
      }),
      {
        outcome: 'failed',
        cause: 'undetermined',
        candidates: ['http-forbidden'],
        innocent: ['transparent-proxy', 'http-filtered'],
      },
    ],
  }),
  needs: ['nft'],
});
