import { failed, scenario, undetermined } from '../../scenario.js';
import { fail2ban } from '../../world/fail2ban.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'fail2ban-killed',
  side: 'device',
  title: 'The real fail2ban banned the server on every port and was then killed: its ban stays, and nobody lifts it',
  target: 'https://four.example.com/',
  shows: 'client-banned',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: fail2ban('device', {
    jail: 'recidive',
    port: '0:65535',
    ban: [ADDRESS.server],
    bantime: '-1',
    endBy: 'SIGKILL',
  }),
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'fail2ban', name: /recidive/, rule: { table: 'f2b-table' } },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path'], { innocent: ['client-banned'] }),
  },
  needs: ['nft', 'fail2ban'],
});
