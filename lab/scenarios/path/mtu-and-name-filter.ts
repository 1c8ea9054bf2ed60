import { both, failed, scenario, undetermined } from '../../scenario.js';

// The filter looks at the first packet of a handshake as a whole: where it comes in pieces, the name passes.
export default scenario({
  id: 'mtu-and-name-filter',
  side: 'path',
  title: 'A filter swallows handshakes that ask for this name; packets of any size pass',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['path-mtu-blackhole', 'packet-loss'],
  break: [
    {
      do: 'iptables',
      on: 'provider',
      family: 4,
      commands: ['-A FORWARD -p tcp --dport 443 -m string --algo bm --string four.example.com -j DROP'],
    },
  ],
  expect: both({
    anyOf: [
      undetermined([], { innocent: ['path-mtu-blackhole', 'packet-loss'] }),
      failed(['sni-filtered', 'server-not-responding'], { innocent: ['path-mtu-blackhole', 'packet-loss'] }),
    ],
  }),
  needs: ['iptables-nft', 'iptables-string'],
});
