import { cycle } from '../cycle.js';
import { firewallCmd, startFirewalld } from '../firewalld.js';

export default cycle({
  id: 'firewalld-reset',
  title: 'firewalld goes back to its first settings, and every file and rule of it comes back',
  remedy: 'reset-firewall',
  words: ['reset', 'firewall', '--yes', '--json'],
  needs: ['firewalld'],
  commands: /^firewall-cmd --reset-to-defaults$/,
  async breaks(device) {
    await startFirewalld(device);
    const settings = ['--permanent', '--policy=homework'];
    await firewallCmd(device, '--permanent', '--new-policy=homework');
    await firewallCmd(device, ...settings, '--add-ingress-zone=HOST');
    await firewallCmd(device, ...settings, '--add-egress-zone=ANY');
    await firewallCmd(
      device,
      ...settings,
      '--add-rich-rule=rule family="ipv4" destination address="198.51.100.0/24" reject',
    );
    await firewallCmd(device, '--permanent', '--zone=public', '--add-port=8080/tcp');
    await firewallCmd(device, '--permanent', '--zone=public', '--remove-service=ssh');
    await firewallCmd(device, '--reload');
  },
  reload: ['firewall-cmd', '--reload'],
});
