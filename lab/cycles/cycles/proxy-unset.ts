import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const url = `http://${PROXY_NAME}:8080`;

export default cycle({
  id: 'proxy-unset',
  title: 'A proxy that is none is set for sessions, apt, git, npm, wget and pip: all of these lines are switched off',
  remedy: 'unset-proxy',
  target: 'http://four.example.com/',
  arguments: ['--only', 'unset-proxy', '--allow-wider'],
  environment: { http_proxy: url, HTTPS_PROXY: url },
  commands: /put "#" in front of line 2 of \/etc\/apt\/apt\.conf\.d\/95proxy/,
  async breaks(device) {
    writeEtc(device, 'environment', `http_proxy=${url}\nHTTPS_PROXY=${url}\n`);
    writeEtc(device, 'apt/apt.conf.d/95proxy', `// by the installer\nAcquire::http::Proxy "${url}/";\n`);
    writeEtc(device, 'gitconfig', `[user]\n\tname = me\n[http]\n\tproxy = ${url}\n`);
    writeEtc(device, 'npmrc', `proxy=${url}\nregistry=https://npm.example.com/\n`);
    writeEtc(device, 'wgetrc', `passive_ftp = on\nhttp_proxy = ${url}`);
    writeEtc(device, 'pip.conf', `[global]\r\nproxy = ${url}\r\n`);
    await Promise.resolve();
  },
  boots: () => Promise.resolve(),
});
