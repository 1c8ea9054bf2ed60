import { nft } from '../../world/steps.js';
import { both, scenario, undetermined } from '../../scenario.js';
import { opensnitch } from '../../world/opensnitch.js';

export default scenario({
  id: 'opensnitch-and-silent-server',
  side: 'server',
  title: 'The server drops the port; OpenSnitch runs here, and its rules allow it',
  target: '198.51.100.10:443',
  shows: 'server-firewall',
  nearly: ['app-policy', 'local-firewall'],
  break: [
    nft(
      'server',
      'table inet filter {\n chain input {\n  type filter hook input priority 0\n  tcp dport 443 drop\n }\n}\n',
    ),
  ],
  distractors: [opensnitch([{ name: 'no-curl', action: 'deny', when: { 'process.path': '/usr/bin/curl' } }])],
  expect: both(
    undetermined(['server-firewall'], { innocent: ['app-policy', 'local-firewall'], innocentText: ['no-curl'] }),
  ),
  needs: ['opensnitch', 'nfqueue'],
});
