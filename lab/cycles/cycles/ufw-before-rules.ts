import { readFileSync, writeFileSync } from 'node:fs';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'ufw-before-rules',
  title: "The administrator's own line in ufw's before.rules drops it: the exception goes above it, there too",
  remedy: 'allow-in-firewall',
  needs: ['ufw'],
  commands: /add the same rule below line \d+ of \/etc\/ufw\/before\.rules/,
  async breaks(device) {
    await device.must('ufw --force enable');
    const file = device.etc('ufw/before.rules');
    const end = '# End required lines';
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(end, `${end}\n-A ufw-before-output -p tcp --dport 80 -j DROP`),
    );
    await device.must('ufw reload');
  },
  reload: ['ufw', 'reload'],
  boots: async (device) => void (await device.must('/lib/ufw/ufw-init start')),
});
