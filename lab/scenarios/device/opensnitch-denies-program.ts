import { both, failed, likely, scenario } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-denies-program',
  side: 'device',
  title: 'OpenSnitch denies curl the network, and nobody else',
  target: 'http://198.51.100.10/',
  run: ['curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall', 'momentary-glitch'],
  break: [opensnitch([{ name: 'no-curl', action: 'deny', when: { 'process.path': '/usr/bin/curl' } }])],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'policy', name: /no-curl/, owner: 'OpenSnitch' },
      innocent: ['local-firewall', 'server-firewall'],
    }),
  ),
  needs: ['opensnitch', 'nfqueue', 'strace'],
});
