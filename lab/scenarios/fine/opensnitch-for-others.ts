import { both, reachable, scenario } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-for-others',
  side: 'fine',
  title: 'OpenSnitch runs, and its rules deny other programs and other places',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['app-policy'],
  break: [
    opensnitch([
      { name: 'no-curl', action: 'deny', when: { 'process.path': '/usr/bin/curl' } },
      { name: 'no-mail', action: 'deny', when: { 'dest.port': '25' } },
      { name: 'no-web-once', action: 'deny', when: { 'dest.port': '443' }, enabled: false },
    ]),
  ],
  expect: both(reachable),
  needs: ['opensnitch', 'nfqueue'],
});
