import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'middlebox-answers-403-for-one-page',
  side: 'path',
  title: 'The provider leads plain requests to this server through a filter, which answers 403 for one page',
  target: 'http://four.example.com/secret',
  shows: 'http-filtered',
  nearly: ['http-forbidden'],
  services: {
    server: [http()],
    provider: [
      {
        kind: 'relay',
        port: 8080,
        to: { address: ADDRESS.server, port: 80 },
        stops: { holding: 'secret', answer: { status: '403 Forbidden', body: '<p>no</p>' } },
      },
    ],
  },
  break: [
    nft(
      'provider',
      `table ip proxy { chain pre { type nat hook prerouting priority dstnat; policy accept; ip daddr ${ADDRESS.server} tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  // The server's own front, near this network, would look the same.
  expect: both(undetermined(['http-filtered', 'http-forbidden'], { stage: 'http' })),
  needs: ['nft'],
});
