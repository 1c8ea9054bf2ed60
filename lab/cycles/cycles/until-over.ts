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
  id: 'until-over',
  title: 'An exception until a moment holds that moment, in the file of nft too, and is gone when it has come',
  remedy: 'allow-in-firewall',
  arguments: ['--until', '4s'],
  commands: /meta time < /,
  async breaks(device) {
    writeEtc(device, 'nftables.conf', file, 0o755);
    await device.must('nft -f /etc/nftables.conf');
  },
});
