import { cycle } from '../cycle.js';
import { startFail2ban } from '../fail2ban.js';

export default cycle({
  id: 'unban-fail2ban-iptables',
  title: 'The real fail2ban has banned the server, by a chain of iptables',
  remedy: 'unban-address',
  needs: ['fail2ban', 'iptables-nft'],
  arguments: ['--allow-wider'],
  commands: /fail2ban-client set portscan unbanip 198\.51\.100\.10/,
  reload: ['fail2ban-client', 'reload'],
  breaks: (device) =>
    startFail2ban(device, 'portscan', 'iptables-allports[name=portscan, protocol="tcp"]', ['198.51.100.10']),
});
