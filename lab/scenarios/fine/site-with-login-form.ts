import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'site-with-login-form',
  side: 'fine',
  title: 'A plain page with a form that is sent to another site, and a network without a portal',
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['captive-portal'],
  services: {
    server: [
      http({
        status: '200 OK',
        headers: ['Content-Type: text/html'],
        body: '<!doctype html><title>Shop</title><form method="post" action="https://login.accounts.example/session"><input type="password"></form>\n',
      }),
    ],
  },
  break: [],
  expect: both(reachable),
});
