import { both, failed, scenario } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inner-name-without-way',
  side: 'names',
  title:
    "The home router gives a name of the home's own an address of another inner network, to which it has lost the way",
  target: 'https://nas.lan/',
  shows: 'unreachable-by-hop',
  nearly: ['name-filtered', 'host-down'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  break: [dnsmasq('home', '--interface=lan', '--address=/nas.lan/10.10.34.35', `--server=${ADDRESS.resolver}`)],
  expect: both(failed('unreachable-by-hop', { innocent: ['name-filtered', 'host-down'] })),
  needs: ['dnsmasq'],
});
