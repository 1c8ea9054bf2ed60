import { existsSync } from 'node:fs';
import { until } from '../../world/process.js';
import { cycle } from '../cycle.js';

/** A service that may have few files open, and somebody who holds as many connections to it. */
const serve = `import http.server, resource
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
  title: 'A service of this computer has as many files open as it may',
  remedy: 'raise-file-limit',
  target: 'http://localhost:9321/',
  commands: /prlimit --pid \d+ --nofile=1024:4096/,
  async breaks(device) {
    device.start('python3', ['-c', serve]);
    await device.must('sleep 0.7');
    device.start('python3', ['-c', hold]);
    if (!(await until(() => existsSync(`${device.directory}/run/holding`), 15_000, 50)))
      throw new Error('the connections are not held');
  },
});
