import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'pause-nft-command',
  title: 'Only what one user sends to the target passes, while a command is tried',
  remedy: 'pause-firewall',
  words: [
    'pause',
    'firewall',
    TARGET,
    '--for',
    '20s',
    '--yes',
    '--json',
    '--no-references',
    '--',
    'curl',
    '-s',
    '-o',
    '/dev/null',
    '-m',
    '9',
    '--noproxy',
    '*',
    TARGET,
  ],
  proves: 'local-firewall',
  commands: /meta skuid 0 meta time < .* accept/,
  async breaks(device) {
    await device.nft(
      'table inet mine { chain out { type filter hook output priority 0; tcp dport 80 counter drop; }; }\n',
    );
  },
});
