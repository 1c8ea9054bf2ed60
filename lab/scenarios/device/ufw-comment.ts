import { localFirewall, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-comment',
  side: 'device',
  title: 'A rule of ufw among others, with a comment: its number, words and comment are told',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    ufw(
      'device',
      'allow out 22/tcp',
      'allow OpenSSH',
      'deny out on eth0 to any port 25 proto tcp',
      'deny out 443/tcp comment kids',
    ),
  ],
  expect: localFirewall(
    { table: 'filter', chain: 'ufw-user-output', number: 3 },
    {
      owner: 'ufw',
      name: 'ufw rule 4, "deny out 443/tcp" (comment: kids)',
      location: '/etc/ufw/user.rules:30',
    },
  ),
  needs: ['ufw'],
});
