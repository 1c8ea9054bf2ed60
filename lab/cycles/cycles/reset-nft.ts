import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const file = `#!/usr/sbin/nft -f
flush ruleset

table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
	}
}
`;

export default cycle({
  id: 'reset-nft',
  title: 'Rules of nft go back to the file that is loaded at boot, and come back in their order',
  remedy: 'reset-firewall',
  words: ['reset', 'firewall', '--yes', '--json'],
  commands: /^nft -f \/etc\/nftables\.conf/,
  async breaks(device) {
    writeEtc(device, 'nftables.conf', file, 0o755);
    await device.must('nft -f /etc/nftables.conf');
    await device.nft(
      [
        'table inet mine {',
        'set away { type ipv4_addr . inet_service; flags timeout; elements = { 198.51.100.10 . 80 timeout 1h } }',
        'map to { type inet_service : verdict; elements = { 81 : drop, 82 : jump more } }',
        'chain more { counter reject with icmpx type admin-prohibited; }',
        'chain out { type filter hook output priority 0; ip daddr . tcp dport @away counter reject with tcp reset comment "mine"',
        'tcp dport vmap @to; limit rate 3/minute burst 9 packets log prefix "x: "; meta skuid 0 ct mark set 7; }',
        '}',
        'table ip6 mine { chain in { type filter hook input priority -5; policy drop; iifname "lo" accept; icmpv6 type != 1 accept; }; }',
        '',
      ].join('\n'),
    );
    // A table of iptables between others of nft's: only iptables can put its matches back.
    await device.words('iptables-nft', '-A', 'OUTPUT', '-p', 'tcp', '-m', 'comment', '--comment', 'a "b" c', '--dport', '81', '-j', 'REJECT'); // prettier-ignore
    await device.must('iptables-nft -N zeta');
    await device.must('iptables-nft -N alpha');
    await device.must('iptables-nft -A zeta -m limit --limit 3/min -j LOG');
    await device.must('iptables-nft -t nat -A OUTPUT -p tcp --dport 99 -j REDIRECT --to-ports 88');
    await device.nft('table netdev late { chain c { type filter hook ingress device "eth0" priority 0; ip saddr 192.0.2.99 drop; }; }\n'); // prettier-ignore
  },
});
