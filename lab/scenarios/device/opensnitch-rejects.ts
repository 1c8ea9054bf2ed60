import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-rejects',
  side: 'device',
  title: 'OpenSnitch has a rule that rejects connections of that user to that port',
  target: '198.51.100.10:443',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall', 'server-closes-at-once'],
  break: [
    opensnitch([{ name: 'not-there', action: 'reject', when: { 'dest.ip': '198.51.100.10', 'dest.port': '443' } }]),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'policy', name: /not-there/, owner: 'OpenSnitch' },
      innocent: ['local-firewall', 'server-firewall', 'server-closes-at-once'],
    }),
    user: {
      anyOf: [
        failed('app-policy', { side: 'this-device', certainty: { atMost: 'likely' } }),
        undetermined(['app-policy']),
      ],
    },
  },
  needs: ['opensnitch', 'nfqueue'],
});
