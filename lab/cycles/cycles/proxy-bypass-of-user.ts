import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';

const url = `http://${PROXY_NAME}:8080`;

export default cycle({
  id: 'proxy-bypass-of-user',
  title: "A user's .profile sets a proxy that is none: this host alone is reached without it, by a line below",
  remedy: 'bypass-own-proxy',
  target: 'http://four.example.com/',
  arguments: ['--only', 'bypass-own-proxy'],
  environment: { http_proxy: url },
  byUser: true,
  ownJournal: true,
  commands: /add "export no_proxy=four\.example\.com" below line 2 of \/run\/nobody\/\.profile/,
  async breaks(device) {
    const home = `${device.directory}/run/nobody`;
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/.profile`, `umask 022\nexport http_proxy=${url}\n`);
    for (const path of [home, `${home}/.profile`]) chownSync(path, 65534, 65534);
    await Promise.resolve();
  },
});
