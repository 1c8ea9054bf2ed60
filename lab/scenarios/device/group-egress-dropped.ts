import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'group-egress-dropped',
  side: 'device',
  title: "A unit's IPAddressDeny: its packets are dropped in silence by a program in the kernel",
  target: 'https://198.51.100.10/',
  group: 'unit.service',
  shows: 'app-policy',
  nearly: ['local-firewall', 'dropped-on-path', 'server-firewall'],
  break: [{ do: 'group', on: 'device', group: 'unit.service', forbids: { hook: 'egress', name: 'sd_fw_egress' } }],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /egress program "sd_fw_egress"/, owner: 'systemd' },
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
