import { mkdirSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const settings = ['enable-cache hosts yes', 'positive-time-to-live hosts 3600', 'check-files hosts no', 'shared hosts no', 'persistent hosts no', ...['passwd', 'group', 'services', 'netgroup'].map((other) => `enable-cache ${other} no`)]; // prettier-ignore

export default cycle({
  id: 'cache-of-nscd',
  title: 'The real nscd remembers the address of a line that is not in the hosts file any more',
  remedy: 'flush-name-cache',
  target: 'http://four.example.com/',
  needs: ['nscd'],
  references: true,
  commands: /nscd --invalidate=hosts/,
  async breaks(device) {
    mkdirSync(`${device.directory}/run/nscd`, { recursive: true });
    mkdirSync(device.etc('whoblocked'), { recursive: true });
    writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
    writeEtc(device, 'nscd.conf', `${settings.join('\n')}\n`);
    const usual = await device.must('cat /etc/hosts');
    writeEtc(device, 'hosts', `${usual}203.0.113.9 four.example.com\n`);
    device.start('nscd', ['-F']);
    await device.must('sleep 0.5');
    await device.must('getent ahosts four.example.com');
    writeEtc(device, 'hosts', usual);
  },
});
