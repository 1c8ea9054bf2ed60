import { cycle, TARGET } from '../cycle.js';
import { writeEtc } from '../device.js';
import { harmfulProgram, startClamd, startClamonacc, TOOL, watching } from '../scanner.js';

const settings = [
  'DatabaseOwner clamav',
  'DatabaseDirectory /etc/clamav/db',
  'DNSDatabaseInfo no',
  'DatabaseMirror 198.51.100.10',
  'ExcludeDatabase main',
  'ExcludeDatabase daily',
  'ExcludeDatabase bytecode',
  'DatabaseCustomURL http://198.51.100.10:8080/lab.ndb',
  'TestDatabases yes',
];

export default cycle({
  id: 'scanner-update',
  title: 'Old signatures of the real ClamAV find something that the new ones do not: the real freshclam fetches them',
  remedy: 'update-signatures',
  words: ['fix', '--app', TOOL, TARGET, '--yes', '--json', '--no-references'],
  needs: ['clamav'],
  commands: /^freshclam --stdout$/,
  works: async (device) => (await device.run([TOOL])).code === 0,
  async breaks(device) {
    await harmfulProgram(device);
    await startClamd(device, watching);
    writeEtc(device, 'clamav/freshclam.conf', `${settings.join('\n')}\n`);
    await device.must('touch -d 2026-01-01 /etc/clamav/db/lab.ndb');
    await device.must('chown -R clamav:clamav /etc/clamav/db');
    await startClamonacc(device);
    if ((await device.run([TOOL])).code === 0) throw new Error('clamonacc holds nothing back');
  },
});
