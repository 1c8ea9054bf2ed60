import { both, failed, likely, scenario } from '../../scenario.js';
import { SERVER } from '../../world/internet.js';

export default scenario({
  id: 'http-to-smtp',
  side: 'target',
  title: 'http is spoken to a mail server',
  target: 'http://four.example.com:2525/',
  shows: 'wrong-scheme-or-port',
  services: {
    server: [
      ...SERVER,
      {
        kind: 'greeting',
        port: 2525,
        text: '220 mail.example.com ESMTP ready\r\n',
        replies: ['500 5.5.1 Command unrecognized\r\n', '500 5.5.1 Command unrecognized\r\n'],
      },
    ],
  },
  break: [],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...likely })),
});
