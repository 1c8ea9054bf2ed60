import { nftablesService } from '../boot-services.js';
import { cycle } from '../cycle.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

const file = `#!/usr/sbin/nft -f
flush ruleset

table inet filter {
	chain input {
		type filter hook input priority 0; policy drop;
		ct state { established, related } accept
		iif lo accept
		meta l4proto ipv6-icmp accept
		tcp dport ssh accept comment "admins"
	}
}
`;

export default cycle({
  id: 'two-managers-nftables',
  title: 'The real ufw lets a port in, and the file of nftables.service does not: ufw is kept (systemctl is a fake)',
  remedy: 'keep-one-manager',
  needs: ['ufw', 'nft'],
  words: inboundWords(8080),
  arguments: ['--only', 'keep-one-manager', '--allow-wider'],
  commands: /^nft delete table inet filter$/,
  works: (device) => serverReaches(device, 8080),
  reload: ['ufw', 'reload'],
  async breaks(device) {
    await listenOn(device, 8080);
    await nftablesService(device, file);
    await device.must('ufw --force enable');
    await device.must('ufw allow 8080/tcp');
  },
});
