import { cycle } from '../cycle.js';

export default cycle({
  id: 'rule-prohibit',
  title: 'A rule of routing prohibits the server, beside another rule',
  remedy: 'remove-refusing-rule',
  arguments: ['--i-accept-the-risk'],
  commands: /ip -4 rule del priority 100 from all to 198\.51\.100\.10 prohibit/,
  async breaks(device) {
    await device.must('ip rule add priority 99 fwmark 0x5/0xff iif lo uidrange 5-6 lookup main');
    await device.must('ip rule add priority 100 to 198.51.100.10 prohibit');
  },
});
