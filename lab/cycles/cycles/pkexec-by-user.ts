import { cycle } from '../cycle.js';
import { withoutPkexec, withPkexec } from '../pkexec.js';

export default cycle({
  id: 'pkexec-by-user',
  title: 'On a desktop without a terminal a user fixes and undoes it by pkexec, which hands on nothing (it is a fake)',
  remedy: 'allow-in-firewall',
  needs: ['sudo', 'overlay'],
  byUser: true,
  environment: { DISPLAY: ':0' },
  commands: /nft 'insert rule inet filter output/,
  async breaks(device) {
    await withPkexec(device);
    await device.nft(
      'table inet filter { chain output { type filter hook output priority 0; tcp dport 80 reject with tcp reset; }; }\n',
    );
  },
  mends: withoutPkexec,
});
