import { both, reachable, scenario } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'app-opensnitch-denies',
  side: 'fine',
  title: 'OpenSnitch denies curl that port; this diagnosis, which is another program, gets through and says so',
  target: 'https://four.example.com/',
  arguments: ['--app', '/usr/bin/curl'],
  shows: 'reachable',
  nearly: ['local-firewall'],
  break: [
    opensnitch([{ name: 'no-curl', action: 'deny', when: { 'process.path': '/usr/bin/curl', 'dest.port': '443' } }]),
  ],
  expect: both({ ...reachable, also: ['app-policy'] }),
  needs: ['opensnitch', 'nfqueue'],
});
