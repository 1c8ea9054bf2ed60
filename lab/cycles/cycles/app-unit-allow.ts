import { cycle } from '../cycle.js';
import { UNIT, unitWithoutNetwork } from '../unit-access.js';

export default cycle({
  id: 'app-unit-allow',
  title:
    'IPAddressDeny= of a unit keeps its programs from all addresses: IPAddressAllow= for the one (systemctl is a fake)',
  remedy: 'allow-in-unit',
  arguments: ['--allow-wider', '--i-accept-the-risk'],
  group: UNIT,
  needs: ['cgroup-bpf'],
  commands: /write \/etc\/systemd\/system\/shop\.service\.d\/zz-whoblocked-[a-z2-7]{8}\.conf/,
  works: async (device) =>
    (await device.run([...device.world.inGroup(UNIT), 'curl', '-s', '-m', '5', 'http://198.51.100.10/'] as never))
      .code === 0,
  breaks: unitWithoutNetwork,
});
