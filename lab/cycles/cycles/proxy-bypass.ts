import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'proxy-bypass',
  title: 'The proxy of /etc/profile.d runs on another port: the host is taken out of it, beside others',
  remedy: 'bypass-proxy',
  target: 'http://four.example.com/',
  environment: { http_proxy: `http://${PROXY_NAME}:8080`, no_proxy: 'localhost,.corp.example' },
  commands:
    /write line 4 of \/etc\/profile\.d\/proxy\.sh as "export no_proxy="localhost,\.corp\.example,four\.example\.com"/,
  async breaks(device) {
    const text = `# of the company\nexport http_proxy=http://${PROXY_NAME}:8080\nexport https_proxy=$http_proxy\nexport no_proxy="localhost,.corp.example"  # inside\n`;
    writeEtc(device, 'profile.d/proxy.sh', text);
    await Promise.resolve();
  },
  boots: () => Promise.resolve(),
});
