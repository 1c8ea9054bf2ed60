import { failed, scenario, undetermined } from '../../scenario.js';

// Its name server is out of reach by the same program. A user may not ask which programs there are in the kernel: that this device refuses, the error itself says.
export default scenario({
  id: 'group-connect-forbidden',
  side: 'device',
  title: 'A program in the kernel (BPF) forbids connections to one control group',
  target: 'https://four.example.com/',
  group: 'kiosk',
  shows: 'app-policy',
  nearly: ['local-firewall', 'antivirus-blocks-app'],
  break: [{ do: 'group', on: 'device', group: 'kiosk', forbids: { hook: 'connect4', name: 'kiosk_net' } }],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /connect4 program "kiosk_net" of \/.*kiosk/ },
      innocent: ['local-firewall', 'vpn-blocks'],
    }),
    user: {
      anyOf: [
        failed('app-policy', { side: 'this-device', certainty: { atMost: 'likely' } }),
        undetermined(['app-policy']),
      ],
    },
  },
  needs: ['cgroup-bpf'],
});
