import { both, failed, onlyLikely, scenario } from '../../scenario.js';

// The program is about IPv6 only: what refuses is the server.
export default scenario({
  id: 'group-policy-and-closed-port',
  side: 'device',
  title: 'A policy for this control group that is about IPv6, and a closed port at an IPv4 address',
  target: '198.51.100.10:4444',
  group: 'kiosk',
  shows: 'nothing-listening',
  nearly: ['app-policy'],
  break: [{ do: 'group', on: 'device', group: 'kiosk', forbids: { hook: 'connect6', name: 'kiosk_six' } }],
  expect: both(
    failed(['nothing-listening', 'server-firewall'], { side: 'server', ...onlyLikely, innocent: ['app-policy'] }),
  ),
  needs: ['cgroup-bpf'],
});
