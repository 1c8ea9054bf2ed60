import { both, undetermined, scenario } from '../../scenario.js';
import { rootlessEnvironment, rootlessPodman } from '../../world/podman.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'podman-rootless-from-dropped',
  side: 'device',
  title: 'From a rootless container: a rule of the computer around it drops what the container sends',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: rootlessEnvironment,
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    rootlessPodman([{ name: 'web' }]),
    filterRule('device', 'output', 'ip daddr 198.51.100.10 tcp dport 443 drop', { labelText: 'dport 443 drop' }),
  ],
  expect: both(undetermined(['local-firewall'], { innocent: ['vpn-blocks'] })),
  only: 'user',
  needs: ['podman', 'slirp4netns', 'tun', 'nft'],
});
