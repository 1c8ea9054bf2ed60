import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'proxy-bypass-first',
  title: 'The computer of the proxy of /etc/environment is off: the host is the first that goes without it',
  remedy: 'bypass-proxy',
  target: 'http://four.example.com/',
  environment: { http_proxy: 'http://192.168.7.77:3128' },
  commands: /add "no_proxy=four\.example\.com" below line 2 of \/etc\/environment/,
  async breaks(device) {
    writeEtc(device, 'environment', 'LANG=C.UTF-8\r\nhttp_proxy=http://192.168.7.77:3128\r\n', 0o600);
    await Promise.resolve();
  },
});
