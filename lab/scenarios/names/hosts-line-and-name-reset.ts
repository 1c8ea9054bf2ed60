import { both, failed, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'hosts-line-and-name-reset',
  side: 'names',
  title: 'A line in /etc/hosts leads to a dead address; at the true one what asks for the name is reset on the way',
  target: 'https://four.example.com/',
  shows: 'hosts-file-override',
  nearly: ['host-down'],
  files: { hosts: `${USUAL_HOSTS}198.51.100.99 four.example.com\n` },
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('hosts-file-override', {
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      also: ['sni-filtered'],
      innocent: ['host-down'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
