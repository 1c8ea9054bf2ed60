import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const text = `PATH="/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
http_proxy=https://${PROXY_NAME}:3128
https_proxy="https://${PROXY_NAME}:3128/"
no_proxy=localhost,127.0.0.1`;

export default cycle({
  id: 'proxy-wrong-scheme',
  title: '/etc/environment says https:// of a proxy that speaks without TLS',
  remedy: 'correct-proxy',
  target: 'http://four.example.com/',
  environment: { http_proxy: `https://${PROXY_NAME}:3128`, https_proxy: `https://${PROXY_NAME}:3128/` },
  commands: /write line 2 of \/etc\/environment as "http_proxy=http:\/\/proxy\.example\.net:3128"/,
  async breaks(device) {
    writeEtc(device, 'environment', text);
    await Promise.resolve();
  },
});
