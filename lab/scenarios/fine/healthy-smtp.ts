import { both, reachable, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'healthy-smtp',
  side: 'fine',
  title: 'A mail server greets',
  target: 'smtp://four.example.com',
  shows: 'reachable',
  nearly: ['service-refuses-client', 'wrong-scheme-or-port'],
  services: {
    server: [
      {
        kind: 'greeting',
        port: 25,
        text: '220 mail.example.com ESMTP ready\r\n',
        replies: ['250 mail.example.com\r\n', '221 bye\r\n'],
      },
      ssh(),
    ],
  },
  break: [],
  expect: both(reachable),
});
