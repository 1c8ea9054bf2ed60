import { both, reachable, scenario } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'app-opensnitch-denies-others',
  side: 'fine',
  title: 'OpenSnitch denies others that target, and curl another port',
  target: 'https://four.example.com/',
  arguments: ['--app', '/usr/bin/curl'],
  shows: 'reachable',
  nearly: ['app-policy'],
  break: [
    opensnitch([
      { name: 'no-wget', action: 'deny', when: { 'process.path': '/usr/bin/wget' } },
      { name: 'no-curl-mail', action: 'deny', when: { 'process.path': '/usr/bin/curl', 'dest.port': '25' } },
    ]),
  ],
  expect: both(reachable),
  needs: ['opensnitch', 'nfqueue'],
});
