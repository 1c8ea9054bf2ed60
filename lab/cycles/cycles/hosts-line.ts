import { readFileSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

export default cycle({
  id: 'hosts-line',
  title: 'Two lines of the hosts file send the name elsewhere; another line, with an odd ending, stays',
  remedy: 'comment-hosts-line',
  target: 'http://four.example.com/',
  commands: /put "#" in front of line \d+ of \/etc\/hosts/,
  async breaks(device) {
    const usual = readFileSync(device.etc('hosts'), 'utf8');
    const lines = '198.51.100.99\tFour.Example.com   # from the migration\r\n198.51.100.98 four.example.com\n';
    writeEtc(device, 'hosts', `${usual}${lines}192.0.2.77 other.example.com\r\nlast`, 0o640);
    await Promise.resolve();
  },
  boots: () => Promise.resolve(),
});
