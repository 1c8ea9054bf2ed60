import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-denies-all-else',
  side: 'device',
  title: 'OpenSnitch denies what no rule names, and nobody is at its window',
  target: 'https://198.51.100.10/',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall'],
  break: [opensnitch([{ name: '010-allow-ssh', action: 'allow', when: { 'dest.port': '22' } }], 'deny')],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'policy', name: /OpenSnitch/, owner: 'OpenSnitch', location: /default-config\.json$/ },
      innocent: ['local-firewall', 'server-firewall'],
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
