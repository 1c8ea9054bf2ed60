import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'hangs-behind-rule-for-others',
  side: 'device',
  title: 'The server accepts and says nothing; a rule here drops long packets of another server',
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  nearly: ['local-firewall'],
  services: { server: [{ kind: 'silent', port: 443 }] },
  break: [],
  distractors: [
    nft(
      'device',
      'table inet lab {\n chain in {\n  type filter hook input priority 0; policy accept;\n  ip saddr 198.51.100.77 meta length > 1000 drop\n }\n}\n',
    ),
  ],
  expect: both(failed('server-not-responding', { ...onlyLikely, innocent: ['local-firewall'] })),
  needs: ['nft'],
});
