import { both, failed, scenario, undetermined } from '../../scenario.js';
import { SERVER } from '../../world/internet.js';

export default scenario({
  id: 'not-http-at-all',
  side: 'target',
  title: 'The port speaks a protocol that nobody knows: no working address can be named',
  target: 'http://four.example.com:9100/',
  shows: 'wrong-scheme-or-port',
  services: {
    server: [...SERVER, { kind: 'greeting', port: 9100, text: '\u0002\u001b[31mhello\u0007 from a printer\r\n' }],
  },
  break: [],
  expect: both({ anyOf: [failed('wrong-scheme-or-port', { side: 'target' }), undetermined(['wrong-scheme-or-port'])] }),
});
