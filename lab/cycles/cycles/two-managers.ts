import { cycle } from '../cycle.js';
import { firewallCmd, startFirewalld } from '../firewalld.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';
import { fakeSystemd } from '../systemctl.js';

export default cycle({
  id: 'two-managers',
  title: 'The real ufw lets a port in, and the real firewalld does not: the one is kept (systemctl is a fake)',
  remedy: 'keep-one-manager',
  needs: ['ufw', 'firewalld'],
  words: inboundWords(8080),
  arguments: ['--only', 'keep-one-manager', '--allow-wider'],
  commands: /systemctl mask firewalld\.service/,
  works: (device) => serverReaches(device, 8080),
  reload: ['ufw', 'reload'],
  async breaks(device) {
    await listenOn(device, 8080);
    // In this order: firewalld empties the tables of iptables when it starts.
    await startFirewalld(device);
    await firewallCmd(device, '--permanent', '--add-port=8081/tcp');
    await firewallCmd(device, '--reload');
    await device.must('ufw --force enable');
    await device.must('ufw allow 8080/tcp');
    const pid = Number((await device.run(['pgrep', '-o', '-f', 'firewalld --nofork', '--ns', String(device.pid), '--nslist', 'mnt'])).stdout); // prettier-ignore
    const start = ['firewalld', '--nofork', '--nopid'];
    fakeSystemd(device, { 'firewalld.service': { file: 'enabled', start, ready: ['firewall-cmd', '--state'], pid } });
  },
});
