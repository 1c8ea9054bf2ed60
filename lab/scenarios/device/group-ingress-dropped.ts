import { failed, scenario, undetermined } from '../../scenario.js';

// Our packets go out; what comes back is thrown away at the socket. Without root that looks like anybody's silence.
export default scenario({
  id: 'group-ingress-dropped',
  side: 'device',
  title: 'A program in the kernel drops the answers for one control group',
  target: 'https://198.51.100.10/',
  group: 'quiet',
  shows: 'app-policy',
  nearly: ['dropped-on-path', 'host-down', 'server-firewall'],
  break: [{ do: 'group', on: 'device', group: 'quiet', forbids: { hook: 'ingress', name: 'no_answers' } }],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /ingress program "no_answers"/ },
      innocent: ['dropped-on-path', 'host-down', 'server-firewall'],
    }),
    user: {
      anyOf: [
        undetermined([]),
        failed(['dropped-on-path', 'host-down', 'server-firewall'], { certainty: { atMost: 'likely' } }),
      ],
    },
  },
  needs: ['cgroup-bpf'],
});
