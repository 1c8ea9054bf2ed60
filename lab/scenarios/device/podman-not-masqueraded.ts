import { both, failed, scenario } from '../../scenario.js';
import { podman, podmanEnvironment } from '../../world/podman.js';

export default scenario({
  id: 'podman-not-masqueraded',
  side: 'device',
  title: "From a container of the real Podman: somebody emptied the machine's translations of addresses",
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: podmanEnvironment,
  shows: 'no-route',
  nearly: ['server-firewall', 'dropped-on-path', 'local-firewall', 'internet-down'],
  break: [
    podman([{ name: 'web', network: 'front' }]),
    { do: 'run', on: 'device', line: ['iptables-nft', '-t', 'nat', '-F'] },
  ],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: /no translation of addresses/ },
      innocent: ['server-firewall', 'dropped-on-path', 'local-firewall', 'internet-down'],
    }),
  ),
  only: 'root',
  needs: ['podman', 'bridge', 'iptables-nft'],
});
