import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'port-8443-everywhere',
  side: 'path',
  title: 'This network lets nothing out but the usual ports',
  target: 'https://four.example.com:8443/',
  shows: 'port-blocked-everywhere',
  nearly: ['dropped-on-path', 'server-firewall'],
  services: { server: [https(), https({}, undefined, 8443), ssh()] },
  break: [filterRule('home', 'forward', 'iifname "lan" tcp dport 8000-9999 drop', { labelText: 'tcp dport' })],
  expect: {
    root: failed('port-blocked-everywhere', {
      side: ['path', 'local-network'],
      ...likely,
      culprit: { name: /8443/ },
      innocent: ['dropped-on-path', 'server-firewall', 'host-down', 'local-firewall'],
    }),
    // A rule of this device that drops the answers of every server looks the same to a user.
    user: undetermined(['port-blocked-everywhere'], { innocent: ['dropped-on-path', 'server-firewall', 'host-down'] }),
  },
  needs: ['nft'],
});
