import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const file = `flush ruleset
table inet filter {
	chain output {
		type filter hook output priority filter; policy accept;
		tcp dport 80 reject with tcp reset
	}
}
`;

export default cycle({
  id: 'nft-boot-fedora',
  title: 'Fedora keeps the file of nft that is loaded at boot elsewhere: the exception goes there too',
  remedy: 'allow-in-firewall',
  commands: /add the same rule below line 4 of \/etc\/sysconfig\/nftables\.conf/,
  async breaks(device) {
    mkdirSync(device.etc('sysconfig'), { recursive: true });
    writeEtc(device, 'nftables.conf', '# nothing\n');
    writeEtc(device, 'sysconfig/nftables.conf', file, 0o600);
    await device.must('nft -f /etc/sysconfig/nftables.conf');
  },
  boots: async (device) => void (await device.must('nft -f /etc/sysconfig/nftables.conf')),
  reload: ['nft', '-f', '/etc/sysconfig/nftables.conf'],
});
