import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { listening } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-unit-address-deny',
  side: 'device',
  title: 'Asked from outside: IPAddressDeny= of the unit drops what comes in behind the firewall',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'app-policy',
  nearly: ['reachable', 'local-firewall'],
  services: { device: [] },
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/lab-shop.service',
      content: '[Service]\nExecStart=/opt/shop/api\nIPAddressDeny=any\nIPAddressAllow=192.168.7.0/24\n',
    },
    { do: 'group', on: 'device', group: 'lab-shop.service', forbids: { hook: 'ingress', name: 'sd_fw_ingress' } },
    listening('device', '0.0.0.0:8080', 16, { group: 'lab-shop.service' }),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'policy', owner: 'systemd', location: '/etc/systemd/system/lab-shop.service:3' },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['cgroup-bpf'],
});
