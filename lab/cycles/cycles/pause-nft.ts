import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'pause-nft',
  title: 'Only our own packets pass a rule of nft, by their mark',
  remedy: 'pause-firewall',
  words: ['pause', 'firewall', TARGET, '--for', '20s', '--yes', '--json', '--no-references'],
  proves: 'local-firewall',
  commands: /meta mark 20029\d+ meta time < .* accept/,
  async breaks(device) {
    await device.nft(
      'table inet mine { chain out { type filter hook output priority 0; tcp dport 80 counter drop; }; }\n',
    );
  },
});
