import { both, failed, scenario } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

const headers = ['Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM'];
const answer = { status: '407 Proxy Authentication Required', headers, body: 'log in' };

export default scenario({
  id: 'proxy-wants-ticket',
  side: 'network',
  title: 'The proxy takes logins of the domain alone (Negotiate, NTLM): no password in its setting would serve',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['proxy-misconfigured'],
  services: {
    resolver: [
      dns(undefined, { ...NAMES, ...PROXY_NAMES }),
      { kind: 'http', port: 3128, addresses: [ADDRESS.resolver], routes: { '*': answer } },
    ],
  },
  break: [],
  expect: both(
    failed('proxy-refuses', {
      side: 'local-network',
      certainty: { atLeast: 'likely' },
      evidence: /it offers Negotiate and NTLM alone/,
      innocent: ['proxy-misconfigured'],
    }),
  ),
});
