import { both, failed, likely, scenario } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';

// The stub on this computer runs; what it asks in turn is gone. Starting it would help nobody.
export default scenario({
  id: 'resolver-here-forwards-to-dead',
  side: 'names',
  title: 'dnsmasq on this computer runs, and the resolver that it asks is an address of nobody',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['no-dns-configured', 'internet-down', 'name-does-not-exist'],
  files: { resolvConf: 'nameserver 127.0.0.1\n' },
  break: [dnsmasq('device', '--server=192.168.7.99', '--listen-address=127.0.0.1', '--bind-interfaces')],
  expect: both(
    failed(['resolver-unreachable', 'resolver-failing'], {
      side: 'this-device',
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: '127.0.0.1' },
      innocent: ['no-dns-configured', 'internet-down', 'name-does-not-exist'],
    }),
  ),
  needs: ['dnsmasq'],
});
