import { atMostLikely, failed, onlyLikely, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// The kernel refuses by itself here too, and at another port: what nf_tables alone follows does not show the rule.
export default scenario({
  id: 'own-port-led-to-dead-port',
  side: 'device',
  title: 'A rule of iptables-legacy leads a port of this device to another one, where nothing listens',
  target: 'http://[2001:db8:7::20]:8080/',
  shows: 'connection-redirected',
  nearly: ['nothing-listening'],
  break: [
    iptablesRestore('device', '*nat\n-A OUTPUT -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 8099\nCOMMIT', {
      family: 6,
      backend: 'legacy',
    }),
  ],
  expect: {
    root: failed(['nothing-listening', 'connection-redirected'], atMostLikely),
    user: failed(['nothing-listening', 'connection-redirected'], onlyLikely),
  },
  needs: ['nft', 'iptables-legacy'],
});
