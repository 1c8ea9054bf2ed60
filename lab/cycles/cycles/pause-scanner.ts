import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cycle } from '../cycle.js';
import { HARMFUL } from '../../world/shields.js';

/**
 * A fake of systemctl, named as such: no systemd runs here. It starts and stops the real clamonacc as the unit of Debian's
 * package does, and tells whether it is there.
 */
const fakeSystemctl = (directory: string): string => `#!/bin/bash
pid=$(cat ${directory}/clamonacc.pid 2>/dev/null)
running() { [ -n "$pid" ] && [ -e "/proc/$pid/exe" ]; }
case "$1" in
  is-active) running && echo active && exit 0; echo inactive; exit 3;;
  stop) running && kill "$pid"; for i in $(seq 50); do running || exit 0; sleep 0.1; done; exit 1;;
  start)
    running && exit 0
    setsid timeout -k 1 300 clamonacc --foreground --fdpass --config-file=/etc/clamav/clamd.conf --log=${directory}/clamonacc.log >${directory}/said 2>&1 &
    echo $! > ${directory}/clamonacc.pid
    for i in $(seq 100); do grep -q watching ${directory}/said && exit 0; sleep 0.1; done; exit 1;;
esac
`;

export default cycle({
  id: 'pause-scanner',
  title: 'clamonacc is stopped while a program is tried that it holds back, and watches again (systemctl is a fake)',
  remedy: 'pause-antivirus',
  words: ['pause', 'antivirus', '--whole', '--for', '20s', '--yes', '--json', '--', '/run/watched/tool'],
  needs: ['clamav'],
  commands: /^systemctl stop clamav-clamonacc\.service$/,
  isKept: false,
  async mends(device) {
    await device.run(['systemctl', 'stop', 'clamav-clamonacc.service']);
    await device.run(['umount', '/usr/bin/systemctl']);
  },
  async breaks(device) {
    const { directory } = device;
    const file = (name: string, text: string, mode = 0o755): string => {
      writeFileSync(path.join(directory, name), text);
      chmodSync(path.join(directory, name), mode);
      return path.join(directory, name);
    };
    await device.must('mkdir -p /run/watched /run/db');
    const tool = file('tool', `#!/bin/sh\n# ${HARMFUL}\nexit 0\n`);
    await device.must(`cp -p ${tool} /run/watched/tool`);
    await device.must(
      `cp ${file('lab.ndb', `Lab.Harmful:0:*:${Buffer.from(HARMFUL).toString('hex')}\n`, 0o644)} /run/db/lab.ndb`,
    );
    const settings = ['DatabaseDirectory /run/db', 'LocalSocket /run/clamd.sock', 'Foreground yes', 'OnAccessIncludePath /run/watched', 'OnAccessPrevention yes', 'OnAccessExcludeUname clamav']; // prettier-ignore
    await device.must(`cp ${file('clamd.conf', `${settings.join('\n')}\n`, 0o644)} /etc/clamav/clamd.conf`);
    const fake = file('fake-systemctl', fakeSystemctl(directory));
    await device.must(`mount --bind ${fake} /usr/bin/systemctl`);
    device.start('clamd', ['-c', '/etc/clamav/clamd.conf']);
    await device.words(
      'bash',
      '-c',
      'for i in $(seq 100); do [ -S /run/clamd.sock ] && exit 0; sleep 0.1; done; exit 1',
    );
    await device.must('systemctl start clamav-clamonacc.service');
    const opened = await device.run(['/run/watched/tool']);
    if (opened.code === 0) throw new Error('clamonacc holds nothing back');
  },
});
