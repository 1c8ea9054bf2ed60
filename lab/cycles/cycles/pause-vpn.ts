import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'pause-vpn',
  title: 'A kill switch is passed for a moment, beside the tunnel',
  remedy: 'pause-vpn',
  words: ['pause', 'vpn', TARGET, '--for', '20s', '--yes', '--json', '--no-references'],
  proves: 'vpn-blocks',
  commands: /inet mullvad output .*meta time < .* accept/,
  async breaks(device) {
    await device.nft(
      'table inet mullvad { chain output { type filter hook output priority 0; policy drop; oif "lo" accept; udp dport 53 accept; reject; }; chain input { type filter hook input priority 0; policy accept; }; }\n',
    );
  },
});
