import { failed, onlyLikely, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { attached, docker0, dockerRules } from '../../world/docker-rules.js';

// As with the engine's helper (docker-proxy) gone: its rule for what the machine itself sends leaves 127.0.0.0/8 out.
export default scenario({
  id: 'published-port-not-on-loopback',
  side: 'device',
  title: 'localhost is asked for a published port, and only the other addresses of the machine lead to the container',
  target: '127.0.0.1:18718',
  environment: engineEnvironment,
  shows: 'port-not-published',
  nearly: ['nothing-listening', 'local-firewall', 'loopback-of-other-namespace'],
  break: [
    attached('other', docker0, '172.17.0.2', [{ kind: 'greeting', port: 80, text: 'hello\r\n' }]),
    ...dockerRules([docker0], { publishes: [{ network: docker0, port: 18718, to: '172.17.0.2:80' }] }),
    inContainer('shop', 'other', 'nameserver 203.0.113.53\n'),
    engine([{ name: 'shop', pid: 'shop', networks: { bridge: '172.17.0.2' }, publishes: { 80: '0.0.0.0:18718' } }]),
  ],
  expect: {
    root: failed('port-not-published', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'container', name: 'shop:80' },
      innocent: ['local-firewall', 'loopback-of-other-namespace'],
    }),
    // A rule may have led it to the container, which refuses: only the kernel's trace tells.
    user: failed('nothing-listening', { side: 'this-device', ...onlyLikely, innocent: ['local-firewall'] }),
  },
  needs: ['iptables-nft', 'bridge'],
});
