import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'app-opensnitch-denies',
  side: 'device',
  title:
    'OpenSnitch denies curl that port; this diagnosis, which is another program, gets through and must not say that all is well',
  target: 'https://four.example.com/',
  arguments: ['--app', '/usr/bin/curl'],
  shows: 'app-policy',
  nearly: ['local-firewall'],
  break: [
    opensnitch([{ name: 'no-curl', action: 'deny', when: { 'process.path': '/usr/bin/curl', 'dest.port': '443' } }]),
  ],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'policy', name: /no-curl/, owner: 'OpenSnitch' },
      innocent: ['local-firewall'],
    }),
  ),
  needs: ['opensnitch', 'nfqueue'],
});
