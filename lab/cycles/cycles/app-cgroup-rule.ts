import { cycle } from '../cycle.js';
import { ownGroup } from '../own-group.js';

export default cycle({
  id: 'app-cgroup-rule',
  title: 'A rule of iptables forbids web pages to one control group: an exception for the one server, above it',
  remedy: 'allow-in-firewall',
  needs: ['iptables-nft', 'own-group'],
  commands: /^iptables -I OUTPUT 2 -d 198\.51\.100\.10/,
  async breaks(device) {
    await device.words('iptables-nft', '-A', 'OUTPUT', '-p', 'tcp', '--dport', '22', '-j', 'ACCEPT');
    const rule = ['-m', 'cgroup', '--path', ownGroup(), '-p', 'tcp', '--dport', '80', '-j', 'REJECT'];
    await device.words('iptables-nft', '-A', 'OUTPUT', ...rule);
  },
});
