import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { http, https, ssh } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'port-25-everywhere',
  side: 'path',
  title: 'The provider drops port 25 to whatever server',
  target: 'smtp://four.example.com',
  shows: 'port-blocked-everywhere',
  nearly: ['dropped-on-path', 'server-firewall', 'host-down'],
  services: {
    server: [https(), http(), ssh(), { kind: 'greeting', port: 25, text: '220 mail.example.com ESMTP\r\n' }],
  },
  break: [filterRule('provider', 'forward', 'tcp dport 25 drop')],
  expect: {
    root: failed('port-blocked-everywhere', {
      side: ['path', 'local-network'],
      ...likely,
      culprit: { name: /25/ },
      innocent: ['dropped-on-path', 'server-firewall', 'host-down', 'local-firewall'],
    }),
    // A rule of this device that drops the answers of every server looks the same to a user.
    user: undetermined(['port-blocked-everywhere'], { innocent: ['dropped-on-path', 'server-firewall', 'host-down'] }),
  },
  needs: ['nft'],
});
