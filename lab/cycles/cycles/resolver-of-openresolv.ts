import { mkdirSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';
import { startResolvconf } from '../resolvconf.js';

export default cycle({
  id: 'resolver-of-openresolv',
  title: 'The real openresolv hands on a name server of the network that nobody serves',
  remedy: 'switch-resolver',
  target: 'http://four.example.com/',
  needs: ['openresolv'],
  references: true,
  arguments: ['--allow-wider'],
  commands: /resolvconf -u/,
  async breaks(device) {
    mkdirSync(device.etc('whoblocked'), { recursive: true });
    writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
    await startResolvconf(device, 'openresolv', '203.0.113.54');
  },
});
