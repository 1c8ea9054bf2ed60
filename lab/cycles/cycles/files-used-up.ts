import { existsSync, mkdirSync } from 'node:fs';
import { until } from '../../world/process.js';
import { cycle } from '../cycle.js';
import { fakeSystemd } from '../systemctl.js';

const UNIT = 'files.service';

/** A service that may have few files open, and somebody who holds as many connections to it. */
const serve = (group: string): string => `import http.server, os, resource
open('${group}/cgroup.procs', 'w').write(str(os.getpid()))
resource.setrlimit(resource.RLIMIT_NOFILE, (16, 4096))
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
Server(('127.0.0.1', 9321), http.server.SimpleHTTPRequestHandler).serve_forever()
`;
const hold = `import socket, time
held = [socket.create_connection(('127.0.0.1', 9321)) for _ in range(30)]
time.sleep(2)
open('/run/holding', 'w')
time.sleep(600)
`;

export default cycle({
  id: 'files-used-up',
  title: 'A service of this computer has as many files open as it may, and a unit started it (systemctl is a fake)',
  remedy: 'raise-file-limit',
  target: 'http://localhost:9321/',
  needs: ['cgroup-bpf'],
  commands: /write \/etc\/systemd\/system\/files\.service\.d\/zz-whoblocked-[a-z2-7]{8}\.conf/,
  async breaks(device) {
    device.world.makeGroup({ do: 'group', on: 'device', group: UNIT });
    mkdirSync(`${device.directory}/run/systemd/system`, { recursive: true });
    fakeSystemd(device, {});
    device.start('python3', ['-c', serve(device.world.groups.get(UNIT) ?? '')]);
    const listens = async (): Promise<boolean> => (await device.must('ss -Hltn sport = :9321')).trim() !== '';
    if (!(await until(listens, 10_000, 50))) throw new Error('the service does not listen');
    device.start('python3', ['-c', hold]);
    if (!(await until(() => existsSync(`${device.directory}/run/holding`), 15_000, 50)))
      throw new Error('the connections are not held');
  },
});
