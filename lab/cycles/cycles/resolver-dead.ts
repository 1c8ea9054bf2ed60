import { mkdirSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'resolver-dead',
  title: 'Nobody has the address of the name server in resolv.conf; a public one answers',
  remedy: 'switch-resolver',
  target: 'http://four.example.com/',
  references: true,
  arguments: ['--allow-wider'],
  commands: /add "nameserver 192\.0\.2\.53" below line 1 of \/etc\/resolv\.conf/,
  async breaks(device) {
    mkdirSync(device.etc('whoblocked'), { recursive: true });
    writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
    writeEtc(device, 'resolv.conf', 'search example.net\nnameserver 203.0.113.54\noptions timeout:1 attempts:1');
    await Promise.resolve();
  },
});
