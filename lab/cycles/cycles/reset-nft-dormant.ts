import { cycle } from '../cycle.js';

export default cycle({
  id: 'reset-nft-dormant',
  title: 'A table sleeps, at whose flags nft breaks its JSON off: the rules go and come back all the same',
  remedy: 'reset-firewall',
  needs: ['iptables-nft'],
  words: ['reset', 'firewall', '--yes', '--json'],
  async breaks(device) {
    await device.nft(
      [
        'table inet mine {',
        'chain out { type filter hook output priority 0; ip daddr 198.51.100.10 tcp dport 80 counter reject comment "mine"; }',
        '}',
        '',
      ].join('\n'),
    );
    await device.words('iptables-nft', '-A', 'OUTPUT', '-p', 'tcp', '--dport', '81', '-m', 'comment', '--comment', 'a', '-j', 'REJECT'); // prettier-ignore
    await device.nft('table inet asleep {\nflags dormant\n}\n');
  },
});
