import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { PROXY_NAME } from '../../world/proxies.js';
import { cycle } from '../cycle.js';

const url = `http://${PROXY_NAME}:8080`;

/** Each with rights of its own, which it must have again afterwards. */
const files: readonly (readonly [string, string, number])[] = [
  ['.bashrc', `alias l=ls\nexport http_proxy=${url}\n`, 0o640],
  ['.npmrc', `//npm.example.com/:_authToken=secret\nproxy=${url}\n`, 0o600],
  ['.gitconfig', `[user]\n\tname = me\n[http]\n\tproxy = ${url}\n`, 0o644],
  ['.curlrc', `proxy = "${url}"`, 0o644],
  ['.wgetrc', `http_proxy = ${url}\r\n`, 0o664],
  ['.config/pip/pip.conf', `[global]\nproxy = ${url}\n`, 0o644],
];

export default cycle({
  id: 'proxy-of-user',
  title:
    "A user's own files set a proxy that is none: the user switches these lines off, without root, in a journal of the user's own",
  remedy: 'unset-own-proxy',
  target: 'http://four.example.com/',
  arguments: ['--only', 'unset-own-proxy', '--allow-wider'],
  environment: { http_proxy: url },
  byUser: true,
  ownJournal: true,
  commands: /put "#" in front of line 2 of \/run\/nobody\/\.npmrc/,
  async breaks(device) {
    const home = `${device.directory}/run/nobody`;
    mkdirSync(`${home}/.config/pip`, { recursive: true });
    for (const [name, text, mode] of files) {
      writeFileSync(`${home}/${name}`, text);
      chownSync(`${home}/${name}`, 65534, 65534);
      chmodSync(`${home}/${name}`, mode);
    }
    for (const folder of [home, `${home}/.config`, `${home}/.config/pip`]) chownSync(folder, 65534, 65534);
    await Promise.resolve();
  },
});
