import { cycle } from '../cycle.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

export default cycle({
  id: 'inbound-nft',
  title: 'The policy of nftables keeps others from a port: it is opened for one of them',
  remedy: 'open-port',
  words: inboundWords(8080),
  commands: /nft 'add rule inet filter input ip saddr 198\.51\.100\.10 tcp dport 8080 accept/,
  works: (device) => serverReaches(device, 8080),
  async breaks(device) {
    await listenOn(device, 8080);
    await device.nft(`table inet filter {
  chain input { type filter hook input priority 0; policy drop; iif "lo" accept; ct state established,related accept; }
}
`);
  },
});
