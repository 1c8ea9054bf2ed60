import { cycle } from '../cycle.js';
import { startFail2ban } from '../fail2ban.js';

export default cycle({
  id: 'unban-fail2ban',
  title: 'The real fail2ban has banned the server, by a set of nftables',
  remedy: 'unban-address',
  needs: ['fail2ban'],
  arguments: ['--allow-wider'],
  commands: /fail2ban-client set recidive unbanip 198\.51\.100\.10/,
  reload: ['fail2ban-client', 'reload'],
  breaks: (device) =>
    startFail2ban(device, 'recidive', 'nftables-allports[name=recidive, protocol="tcp"]', ['198.51.100.10']),
});
