import { both, failed, likely, scenario } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-forwards-to-dead',
  side: 'names',
  title: "The home router's dnsmasq runs, and the resolver behind it is dead",
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  nearly: ['gateway-unreachable', 'internet-down'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  services: { resolver: [] },
  break: [dnsmasq('home', `--server=${ADDRESS.resolver}`, `--listen-address=${ADDRESS.home}`)],
  expect: both(
    failed(['resolver-failing', 'resolver-unreachable'], {
      side: 'local-network',
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.home },
      innocent: ['internet-down', 'gateway-unreachable'],
    }),
  ),
  needs: ['dnsmasq'],
});
