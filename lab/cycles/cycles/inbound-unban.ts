import { cycle } from '../cycle.js';
import { startFail2ban } from '../fail2ban.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

export default cycle({
  id: 'inbound-unban',
  title: 'Others do not get in, for the real fail2ban has banned them: one of them is let go',
  remedy: 'unban-address',
  needs: ['fail2ban'],
  words: inboundWords(8080),
  arguments: ['--allow-wider'],
  commands: /fail2ban-client set web unbanip 198\.51\.100\.10/,
  works: (device) => serverReaches(device, 8080),
  reload: ['fail2ban-client', 'reload'],
  async breaks(device) {
    await listenOn(device, 8080);
    const banned = ['203.0.113.77', '198.51.100.10'];
    await startFail2ban(device, 'web', 'nftables-multiport[name=web, port="8080", protocol="tcp"]', banned);
  },
});
