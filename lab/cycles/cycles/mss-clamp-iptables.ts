import { cycle } from '../cycle.js';
import { narrowWay, onlyIptables } from '../narrow-way.js';

export default cycle({
  ...narrowWay,
  id: 'mss-clamp-iptables',
  title: 'The same on a computer that has no nft, by iptables',
  needs: ['iptables-nft'],
  commands:
    /^iptables -t mangle -I POSTROUTING 1 -o eth0 -p tcp .*--tcp-flags SYN,RST SYN .*-j TCPMSS --set-mss 13[78]\d$/,
  async breaks(device) {
    await onlyIptables(device, 'nft');
    await narrowWay.breaks(device);
  },
});
