import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'http-403-through-proxy',
  side: 'server',
  title: 'The server itself forbids the page, asked through a proxy that is fine',
  target: 'http://four.example.com/',
  environment: { http_proxy: PROXY_URL },
  shows: 'http-forbidden',
  nearly: ['proxy-refuses'],
  names: PROXY_NAMES,
  services: { resolver: withProxy(), server: [http({ status: '403 Forbidden', body: 'members only\n' })] },
  break: [],
  expect: both(failed('http-forbidden', { ...likely, innocent: ['proxy-refuses'] })),
});
