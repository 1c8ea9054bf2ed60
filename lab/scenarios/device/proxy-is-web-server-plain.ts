import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Plain HTTP by way of a proxy is a request like any other: a web server answers it too, with a page that is not there.
// Found by a hunt: that was called proof that the target can be reached. It says the same of a host that cannot exist.
export default scenario({
  id: 'proxy-is-web-server-plain',
  side: 'device',
  title: 'A web server stands where the proxy for plain HTTP is said to be; it has no such page',
  target: 'http://four.example.com/',
  environment: { http_proxy: `http://${ADDRESS.resolver}:3128` },
  shows: 'proxy-misconfigured',
  nearly: ['reachable', 'proxy-refuses'],
  services: {
    resolver: [
      dns(),
      { kind: 'http', port: 3128, routes: { '*': { status: '404 Not Found', body: 'no such page\n' } } },
    ],
  },
  break: [],
  expect: both(failed('proxy-misconfigured', { stage: 'proxy', ...onlyLikely, innocent: ['proxy-refuses'] })),
});
