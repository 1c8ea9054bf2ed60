import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';
import { denyRule, startOpensnitch } from '../opensnitch.js';

export default cycle({
  id: 'app-opensnitch',
  title: 'The real OpenSnitch has a rule that denies a port: a rule of ours before it, for the one server',
  remedy: 'allow-in-opensnitch',
  needs: ['opensnitch', 'nfqueue'],
  commands: /write \/etc\/opensnitchd\/rules\/0-whoblocked-[a-z2-7]{8}\.json/,
  async breaks(device) {
    mkdirSync(device.etc('opensnitchd/rules'), { recursive: true });
    writeEtc(
      device,
      'opensnitchd/rules/020-no-web.json',
      denyRule('020-no-web', { 'dest.port': '80', protocol: 'tcp' }),
    );
    await startOpensnitch(device);
  },
});
