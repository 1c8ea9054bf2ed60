import { reachable, scenario, onlyLikely, undetermined } from '../../scenario.js';
import type { DaemonStep } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const shares = (more: Partial<DaemonStep> = {}): DaemonStep => ({
  do: 'daemon',
  on: 'device',
  line: ['python3', '-c', SHARES],
  ready: { says: 'ready' },
  ...more,
});
const SHARES = `import socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
s.bind(('0.0.0.0', 8080))
s.listen(16)
print('ready', flush=True)
while True:
    s.accept()[0].close()`;

// Which of the two a connection is handed to hangs on its ports.

export default scenario({
  id: 'inbound-one-of-two-stopped',
  side: 'device',
  title: 'Asked from outside: two programs share the port (SO_REUSEPORT), and one of them is stopped',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'server-not-responding',
  nearly: ['reachable'],
  services: { device: [] },
  break: [shares(), shares({ endBy: 'SIGSTOP' })],
  expect: { root: { ...reachable, ...onlyLikely }, user: undetermined(['local-firewall']) },
});
