import { both, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { webShield } from '../../world/shields.js';

export default scenario({
  id: 'stopped-behind-shield',
  side: 'server',
  title: 'The web server is stopped, and a real web shield of this device tells so in words of its own',
  target: 'http://four.example.com/',
  shows: 'gateway-upstream-down',
  nearly: ['antivirus-blocks-url', 'antivirus-intercepts-tls', 'local-firewall'],
  services: { server: [ssh()] },
  break: [],
  distractors: webShield(),
  expect: both({
    outcome: 'failed',
    cause: ['gateway-upstream-down', 'http-server-error', 'nothing-listening', 'undetermined'],
    certainty: { atMost: 'likely' },
    innocent: ['antivirus-blocks-url', 'antivirus-intercepts-tls'],
  }),
  needs: ['nft', 'squid', 'icap', 'clamav'],
});
