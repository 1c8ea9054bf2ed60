import { nftablesService } from '../boot-services.js';
import { cycle } from '../cycle.js';
import { startFirewalld } from '../firewalld.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';
import { fakeSystemd } from '../systemctl.js';

const file = `#!/usr/sbin/nft -f
flush ruleset
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iif "lo" accept
		meta l4proto ipv6-icmp accept
		tcp dport 8080 accept
	}
}
`;

export default cycle({
  id: 'two-managers-nftables-kept',
  title:
    'The file of nftables.service lets a port in, and the real firewalld does not: the file is kept (systemctl is a fake)',
  remedy: 'keep-one-manager',
  needs: ['firewalld'],
  words: inboundWords(8080),
  arguments: ['--only', 'keep-one-manager', '--allow-wider'],
  commands: /systemctl mask firewalld\.service/,
  works: (device) => serverReaches(device, 8080),
  async breaks(device) {
    await listenOn(device, 8080);
    await nftablesService(device, file);
    await startFirewalld(device);
    const pid = Number((await device.run(['pgrep', '-o', '-f', 'firewalld --nofork', '--ns', String(device.pid), '--nslist', 'mnt'])).stdout); // prettier-ignore
    const start = ['firewalld', '--nofork', '--nopid'];
    fakeSystemd(device, { 'firewalld.service': { file: 'enabled', start, ready: ['firewall-cmd', '--state'], pid } });
  },
});
