import { failed, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'fail2ban-here',
  side: 'device',
  title: "This device's own fail2ban has banned the server, so its answers are dropped",
  target: 'https://four.example.com/',
  shows: 'client-banned',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      `table inet f2b-table {
    set addr-set-recidive { type ipv4_addr; elements = { 203.0.113.77, ${ADDRESS.server}, 192.0.2.200 }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; meta l4proto tcp ip saddr @addr-set-recidive drop; }
  }\n`,
      { block: '@addr-set-recidive' },
    ),
  ],
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'fail2ban', name: /recidive/, rule: { handleOf: 'block' } },
      innocent: ['local-firewall'],
    }),
    // The answer is dropped on its way in: a user sees silence, as from anybody else's drop.
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path'], { innocent: ['client-banned'] }),
  },
  needs: ['nft'],
});
