import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { iptables, nft } from '../../world/steps.js';

export default scenario({
  id: 'nft-set-in-iptables-table',
  side: 'fine',
  title: 'The port is closed; a rule of nft for other ports, of which iptables-save prints that it drops all',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['local-firewall'],
  break: [],
  distractors: [
    iptables('device', '-A OUTPUT -p tcp --dport 25 -j DROP'),
    nft('device', 'add rule ip filter OUTPUT tcp dport { 444, 8444 } counter drop\n'),
  ],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely, innocent: ['local-firewall'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['local-firewall'] }),
        undetermined(['nothing-listening'], { innocent: ['local-firewall'] }),
      ],
    },
  },
  needs: ['iptables-nft', 'nft'],
});
