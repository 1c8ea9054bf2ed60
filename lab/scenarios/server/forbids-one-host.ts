import { both, failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

const page = { status: '403 Forbidden', headers: ['Content-Type: text/html', 'Server: nginx'], body: '<h1>403</h1>\n' };

// Name-based virtual hosts: the answer depends on the name as a filter's would, and comes from the server.
export default scenario({
  id: 'forbids-one-host',
  side: 'server',
  title: 'The server forbids this one host and serves others at the same address',
  target: 'http://four.example.com/',
  shows: 'http-forbidden',
  nearly: ['http-filtered'],
  services: {
    server: [
      {
        kind: 'relay',
        port: 80,
        to: { address: ADDRESS.server, port: 8080 },
        stops: { holding: 'four.example.com', answer: page },
      },
      http(undefined, 8080),
    ],
  },
  break: [],
  expect: both({
    anyOf: [
      failed('http-forbidden', { side: 'server', certainty: { atMost: 'likely' }, innocent: ['http-filtered'] }),
      undetermined(['http-forbidden'], { innocent: ['http-filtered'] }),
    ],
  }),
});
