import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';

// systemd itself does not run here: the unit's files, its control group and the program that it would bind are the same.
export default scenario({
  id: 'unit-address-deny',
  side: 'device',
  title: 'IPAddressDeny=any in a drop-in of a unit: the line is named, not only the program that carries it out',
  target: 'https://198.51.100.10/',
  group: 'lab-shop.service',
  shows: 'app-policy',
  nearly: ['local-firewall', 'dropped-on-path', 'server-firewall'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/lab-shop.service',
      content: '[Service]\nExecStart=/opt/shop/api\nIPAddressAllow=192.168.7.0/24\n',
    },
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/lab-shop.service.d/closed.conf',
      content: '# by whoever runs this\n[Service]\nIPAddressDeny=any\n',
    },
    {
      do: 'group',
      on: 'device',
      group: 'lab-shop.service',
      forbids: { hook: 'egress', name: 'sd_fw_egress' },
    },
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', owner: 'systemd', location: '/etc/systemd/system/lab-shop.service.d/closed.conf:3' },
      innocent: ['local-firewall', 'dropped-on-path', 'server-firewall'],
    }),
    user: {
      anyOf: [
        failed(['local-firewall', 'app-policy'], { side: 'this-device', ...onlyLikely }),
        undetermined(['app-policy']),
      ],
    },
  },
  needs: ['cgroup-bpf'],
});
