import { spawn, type ChildProcess } from 'node:child_process';
import { must, run } from '../../world/process.js';
import { ADDRESS } from '../../world/topology.js';
import { cycle } from '../cycle.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

/** Connections that are begun for ever; the answers are thrown away by a rule. It ends by itself, should nobody end it. */
const flood = `import socket, time
end, held = time.time() + 90, []
while time.time() < end:
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(('${ADDRESS.device}', 8080))
    held = held[-200:] + [one]
    time.sleep(0.01)
`;
const drop = `table inet lab_flood { chain in { type filter hook input priority 0; ip saddr ${ADDRESS.device} tcp sport 8080 drop; }; }`;

let flooding: ChildProcess | undefined;

export default cycle({
  id: 'inbound-half-open',
  title: 'Somebody begins connections without end, and the kernel makes no SYN cookies: it makes them',
  remedy: 'answer-with-cookies',
  words: inboundWords(8080),
  commands: /sysctl -w net\.ipv4\.tcp_syncookies="1"/,
  works: (device) => serverReaches(device, 8080),
  async breaks(device) {
    const { world } = device;
    await device.must('sysctl -q -w net.ipv4.tcp_syncookies=0');
    await listenOn(device, 8080);
    await must(...world.inside('home', 'nft', drop));
    const [program, args] = world.inside('home', 'setpriv', '--pdeathsig', 'KILL', 'python3', '-c', flood);
    flooding = spawn(program, args, { stdio: 'ignore' });
    await device.must('sleep 0.5');
  },
  async mends(device) {
    flooding?.kill('SIGKILL');
    await run(...device.world.inside('home', 'nft', 'delete', 'table', 'inet', 'lab_flood'));
    await device.must('sysctl -q -w net.ipv4.tcp_syncookies=1');
  },
});
