import { both, failed, likely, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'smtp-refuses-us',
  side: 'server',
  title: 'The mail server greets with 554: it will not have this client',
  target: 'smtp://four.example.com',
  shows: 'service-refuses-client',
  nearly: ['server-closes-at-once', 'service-starting'],
  services: {
    server: [
      { kind: 'greeting', port: 25, text: '554 5.7.1 mail.example.com: 192.168.7.20 is on our list\r\n' },
      ssh(),
    ],
  },
  break: [],
  expect: both(failed('service-refuses-client', { side: 'server', stage: 'service', ...likely })),
});
