import { atMostLikely, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The server stands on this device's own link, so that no hop limit tells its refusal from one of this device's.
export default scenario({
  id: 'own-link-port-led-here',
  side: 'device',
  title: 'A rule leads a port of the router, which is open there, to a port of this device where nothing listens',
  target: `http://${ADDRESS.home}:8080/`,
  shows: 'connection-redirected',
  nearly: ['nothing-listening', 'local-firewall'],
  services: { home: [http({ status: '200 OK', body: 'well' }, 8080)] },
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  tcp dport 8080 redirect to :3129\n }\n}\n',
      { redirect: 'redirect to :3129' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect', table: 'lab', chain: 'out' } },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    user: failed('connection-redirected', {
      side: 'this-device',
      ...atMostLikely,
      innocent: ['local-firewall', 'nothing-listening'],
    }),
  },
  needs: ['nft'],
});
