import { failed, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// What is left of an application firewall that was taken off: its rule hands every new connection to nobody.
export default scenario({
  id: 'queue-without-program',
  side: 'device',
  title: 'A rule hands new connections to a program that does not run, so they are lost',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['app-policy', 'server-firewall', 'dropped-on-path'],
  break: [iptables('device', '-A OUTPUT -p tcp --dport 443 -m conntrack --ctstate NEW -j NFQUEUE --queue-num 7')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'firewall-rule',
        rule: { table: 'filter', chain: 'OUTPUT', number: 1, text: /NFQUEUE --queue-num 7/ },
      },
      innocent: ['app-policy'],
    }),
    // The packet counts as sent when it is queued: from outside it looks like any silence.
    user: {
      anyOf: [
        undetermined(['local-firewall', 'server-firewall', 'dropped-on-path']),
        // It holds back port 443 to everybody: where the references were asked too, the server is out of it.
        undetermined(['local-firewall', 'port-blocked-everywhere']),
        failed('local-firewall', { side: 'this-device', certainty: { atMost: 'likely' } }),
      ],
    },
  },
  needs: ['iptables-nft', 'nfqueue'],
});
