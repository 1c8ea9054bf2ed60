import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const file = `#!/usr/sbin/nft -f
flush ruleset

# what leaves this computer
table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
	}
	chain output {
		type filter hook output priority filter; policy accept;
		oif "lo" accept
		# no plain web
		tcp dport 80 counter packets 0 bytes 0 reject with tcp reset
	}
}
`;

export default cycle({
  id: 'nft-boot-file',
  title: 'The file of nft that is loaded at boot holds the rule: the exception goes there too',
  remedy: 'allow-in-firewall',
  commands: /add the same rule below line 12 of \/etc\/nftables\.conf/,
  async breaks(device) {
    writeEtc(device, 'nftables.conf', file, 0o755);
    await device.must('nft -f /etc/nftables.conf');
  },
  boots: async (device) => void (await device.must('nft -f /etc/nftables.conf')),
  reload: ['nft', '-f', '/etc/nftables.conf'],
});
