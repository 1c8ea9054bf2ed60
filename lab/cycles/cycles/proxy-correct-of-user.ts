import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';

const wrong = `https://${PROXY_NAME}:3128`;

export default cycle({
  id: 'proxy-correct-of-user',
  title:
    "A user's own files say https:// of a proxy that speaks without TLS: the user writes it as it answers, without root",
  remedy: 'correct-own-proxy',
  target: 'http://four.example.com/',
  environment: { http_proxy: wrong },
  byUser: true,
  ownJournal: true,
  commands: /write line 2 of \/run\/nobody\/\.profile as "export http_proxy=http:\/\/proxy\.example\.net:3128"/,
  async breaks(device) {
    const home = `${device.directory}/run/nobody`;
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/.profile`, `# mine\nexport http_proxy=${wrong}\n`);
    chmodSync(`${home}/.profile`, 0o640);
    for (const path of [home, `${home}/.profile`]) chownSync(path, 65534, 65534);
    await Promise.resolve();
  },
});
