import { cycle } from '../cycle.js';
import { firewallCmd, startFirewalld } from '../firewalld.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';
import { fakeSystemd } from '../systemctl.js';

export default cycle({
  id: 'two-managers-ufw-off',
  title: 'The real firewalld lets a port in, and the real ufw does not: firewalld is kept (systemctl is a fake)',
  remedy: 'keep-one-manager',
  needs: ['ufw', 'firewalld'],
  words: inboundWords(8080),
  arguments: ['--only', 'keep-one-manager', '--allow-wider'],
  commands: /^ufw disable$/,
  works: (device) => serverReaches(device, 8080),
  async breaks(device) {
    await listenOn(device, 8080);
    await startFirewalld(device);
    await firewallCmd(device, '--permanent', '--add-port=8080/tcp');
    await firewallCmd(device, '--reload');
    await device.must('ufw --force enable');
    fakeSystemd(device, { 'ufw.service': { file: 'enabled', start: ['true'], ready: ['true'] } });
  },
});
