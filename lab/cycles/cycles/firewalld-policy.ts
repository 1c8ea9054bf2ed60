import { cycle } from '../cycle.js';
import { firewallCmd, startFirewalld } from '../firewalld.js';

export default cycle({
  id: 'firewalld-policy',
  title: 'A policy of firewalld rejects what is sent to one network',
  remedy: 'allow-in-firewall',
  needs: ['firewalld'],
  commands: /firewall-cmd --permanent --policy=homework --add-rich-rule=/,
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
    await firewallCmd(device, '--reload');
  },
  reload: ['firewall-cmd', '--reload'],
  boots: startFirewalld,
});
