import { existsSync } from 'node:fs';
import { until } from '../../world/process.js';
import { cycle } from '../cycle.js';
import { ADDRESS } from '../../world/topology.js';

const hold = `import socket, time
held = [socket.create_connection(('${ADDRESS.server}', 80)) for _ in range(30)]
open('/run/holding', 'w')
time.sleep(600)
`;

export default cycle({
  id: 'ports-used-up',
  title: 'A program holds a connection on each of the few local ports that there are',
  remedy: 'widen-port-range',
  commands: /write "net\.ipv4\.ip_local_port_range = 10240 60999" into \/etc\/sysctl\.d\/90-whoblocked-\w{8}\.conf/,
  async breaks(device) {
    await device.words('sysctl', '-q', '-w', 'net.ipv4.ip_local_port_range=40000 40029');
    device.start('python3', ['-c', hold]);
    if (!(await until(() => existsSync(`${device.directory}/run/holding`), 10_000, 50)))
      throw new Error('the connections are not held');
  },
  async mends(device) {
    await device.words('sysctl', '-q', '-w', 'net.ipv4.ip_local_port_range=32768 60999');
  },
});
