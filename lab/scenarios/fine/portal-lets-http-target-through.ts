import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const login = (action: string, title: string) => ({
  status: '200 OK',
  headers: ['Content-Type: text/html'],
  body: `<!doctype html><title>${title}</title><form method="post" action="${action}"><input type="password"></form>\n`,
});

// Hotels let some sites through before anybody has logged in: their own, of an airport, of a payment service.
export default scenario({
  id: 'portal-lets-http-target-through',
  side: 'fine',
  title: 'The portal answers for every site but this one, which has people log in at a page of its own',
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['captive-portal'],
  services: {
    server: [http(login('http://login.example.com/session', 'Shop'))],
    home: [http(login('http://192.168.7.1:8080/welcome', 'Guests'), 8081)],
  },
  break: [
    nft(
      'home',
      `table inet portal {
        chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" ip daddr != { 192.168.7.1, ${ADDRESS.server} } tcp dport 80 redirect to :8081; }
      }\n`,
    ),
  ],
  expect: both(reachable),
  needs: ['nft'],
});
