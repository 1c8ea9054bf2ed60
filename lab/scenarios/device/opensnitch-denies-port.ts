import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-denies-port',
  side: 'device',
  title: 'OpenSnitch has a rule that denies connections to that port',
  target: 'https://198.51.100.10/',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    opensnitch([
      { name: '010-allow-ssh', action: 'allow', when: { 'dest.port': '22' } },
      { name: '020-no-web', action: 'deny', when: { 'dest.port': '443', protocol: 'tcp' } },
    ]),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'policy', name: /020-no-web/, owner: 'OpenSnitch', location: /rules\/020-no-web\.json$/ },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path'],
    }),
    user: {
      anyOf: [
        failed('app-policy', {
          side: 'this-device',
          certainty: { atMost: 'likely' },
          culprit: { kind: 'policy', name: /020-no-web/, owner: 'OpenSnitch' },
        }),
        undetermined(['app-policy']),
      ],
    },
  },
  needs: ['opensnitch', 'nfqueue'],
});
