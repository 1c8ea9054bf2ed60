import { scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// As routers with two equal ways do it (RFC 2992): a hash of the ports decides, and one of the ways is shut. The command's
// connection goes that way, ours by chance one or the other.
export default scenario({
  id: 'run-one-way-of-two-shut',
  side: 'path',
  title: "A command's connection falls on the one of two equal ways that is shut; every second of ours gets through",
  target: 'http://198.51.100.10/',
  run: ['curl', '-s', '-m', '5', '--local-port', '41001', 'http://198.51.100.10/'],
  shows: 'packet-loss',
  nearly: ['reachable', 'app-policy', 'momentary-glitch'],
  break: [
    filterRule('provider', 'forward', 'tcp sport 41001 ip daddr 198.51.100.10 drop'),
    filterRule('provider', 'forward', 'ip daddr 198.51.100.10 tcp dport 80 jhash tcp sport mod 2 seed 0x7 1 drop'),
  ],
  expect: {
    root: {
      anyOf: [
        { outcome: 'degraded', cause: 'packet-loss', innocent: ['app-policy', 'local-firewall', 'server-firewall'] },
        { outcome: 'failed', cause: ['packet-loss', 'undetermined'], innocent: ['app-policy', 'local-firewall'] },
      ],
    },
    user: {
      anyOf: [
        { outcome: 'degraded', cause: 'packet-loss', innocent: ['app-policy', 'local-firewall', 'server-firewall'] },
        { outcome: 'failed', cause: ['packet-loss', 'undetermined'], innocent: ['app-policy', 'local-firewall'] },
      ],
    },
  },
  needs: ['nft', 'strace'],
});
