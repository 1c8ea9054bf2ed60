import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';
import { fakeSystemd } from '../systemctl.js';

export default cycle({
  id: 'service-stopped',
  title: 'A unit of this computer has the port in its command, and does not run (systemctl is a fake)',
  remedy: 'start-service',
  target: 'http://localhost:9321/',
  commands: /systemctl start shop-api\.service/,
  async breaks(device) {
    const start = ['python3', '-m', 'http.server', '9321', '--bind', '127.0.0.1', '--directory', '/run'];
    const ready = ['curl', '-s', 'http://127.0.0.1:9321/'];
    fakeSystemd(device, { 'shop-api.service': { file: 'enabled', start, ready, idle: 'failed' } });
    mkdirSync(device.etc('systemd/system'), { recursive: true });
    writeEtc(device, 'systemd/system/shop-api.service', '[Service]\nExecStart=/opt/shop/api --listen 127.0.0.1:9321\n');
    await Promise.resolve();
  },
});
