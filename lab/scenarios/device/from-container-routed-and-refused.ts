import { failed, scenario, undetermined } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';
import { filterRule, ip } from '../../world/steps.js';

// The near miss of from-container-not-masqueraded: the network's routers know the way to the containers, whose addresses
// nobody translates; the server lets in the machine, and drops what comes from its containers.
export default scenario({
  id: 'from-container-routed-and-refused',
  side: 'device',
  title: 'From a container whose address is routed: the server drops what comes from it, and answers this machine',
  target: '198.51.100.10:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'server-firewall',
  nearly: ['no-route', 'local-firewall'],
  break: [filterRule('server', 'input', 'ip saddr 172.17.0.0/16 tcp dport 443 drop', { family: 'ip' })],
  distractors: [
    attached('other', docker0, '172.17.0.2'),
    ...dockerRules([docker0], { masquerade: false }),
    ip('home', 'route add 172.17.0.0/16 via 192.168.7.20'),
    ip('provider', 'route add 172.17.0.0/16 via 203.0.113.2'),
    inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } }]),
  ],
  expect: {
    root: {
      anyOf: [
        undetermined(['server-firewall'], { innocent: ['no-route', 'local-firewall', 'internet-down'] }),
        failed(['dropped-on-path', 'server-firewall'], {
          certainty: { atMost: 'likely' },
          innocent: ['no-route', 'local-firewall', 'internet-down'],
        }),
      ],
    },
    user: undetermined([]),
  },
  only: 'root',
  needs: ['iptables-nft', 'bridge', 'nft'],
});
