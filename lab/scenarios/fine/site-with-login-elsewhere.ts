import { both, reachable, scenario } from '../../scenario.js';
import { http, https, REFERENCE, redirectTo, ssh } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// What a portal's redirect looks like; the pages of others come unchanged.
export default scenario({
  id: 'site-with-login-elsewhere',
  side: 'fine',
  title: 'The site has people log in at another site, which it tells where to lead them back',
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['captive-portal'],
  names: { 'login.accounts.example': { A: [ADDRESS.reference] } },
  services: {
    server: [
      https(),
      http(redirectTo('https://login.accounts.example/sign-in?next=http://four.example.com/', '302 Found')),
      ssh(),
    ],
    reference: REFERENCE.map((service) =>
      service.kind === 'https'
        ? {
            ...service,
            tls: { ...service.tls, names: ['www.example.net', 'connectivity.example.net', 'login.accounts.example'] },
          }
        : service,
    ),
  },
  break: [],
  expect: both(reachable),
});
