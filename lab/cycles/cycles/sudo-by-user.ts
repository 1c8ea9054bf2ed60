import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

/** The real sudo, which asks for no password here and hands on which fault is to come. */
const sudoers = 'Defaults env_keep += "LAB_FAULT"\nnobody ALL=(root) NOPASSWD: ALL\n';

export default cycle({
  id: 'sudo-by-user',
  title: 'A user without rights fixes and undoes it: only the step that takes root runs as root',
  remedy: 'allow-in-firewall',
  needs: ['sudo'],
  byUser: true,
  commands: /nft 'insert rule inet filter output/,
  async breaks(device) {
    mkdirSync(device.etc('sudoers.d'), { recursive: true });
    writeEtc(device, 'sudoers.d/lab', sudoers, 0o440);
    await device.must('mkdir -p /run/nobody');
    await device.must('chown 65534:65534 /run/nobody');
    await device.nft(
      'table inet filter { chain output { type filter hook output priority 0; tcp dport 80 reject with tcp reset; }; }\n',
    );
  },
});
