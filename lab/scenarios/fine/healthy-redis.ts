import { both, reachable, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'healthy-redis',
  side: 'fine',
  title: 'Redis answers, and asks for a password',
  target: 'redis://four.example.com',
  shows: 'reachable',
  nearly: ['service-starting', 'service-refuses-client'],
  services: {
    server: [
      {
        kind: 'greeting',
        port: 6379,
        text: '',
        replies: ['-NOAUTH Authentication required.\r\n', '-NOAUTH Authentication required.\r\n'],
      },
      ssh(),
    ],
  },
  break: [],
  expect: both(reachable),
});
