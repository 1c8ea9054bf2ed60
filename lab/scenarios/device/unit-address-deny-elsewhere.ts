import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'unit-address-deny-elsewhere',
  side: 'device',
  title:
    'IPAddressDeny= of a unit names another network, and what drops its packets is a program: that line is not blamed',
  target: 'https://198.51.100.10/',
  group: 'lab-shop.service',
  shows: 'app-policy',
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{etc}/systemd/system/lab-shop.service',
      content: '[Service]\nExecStart=/opt/shop/api\nIPAddressDeny=192.168.7.0/24\n',
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
      culprit: { kind: 'policy', owner: 'systemd', location: /\.slice\/lab-shop\.service$/ },
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
