import { cycle } from '../cycle.js';
import { narrowWay, onlyIptables } from '../narrow-way.js';

export default cycle({
  ...narrowWay,
  id: 'mss-clamp-iptables-legacy',
  title: 'The same on a computer that has no nft, by iptables of the old backend',
  needs: ['iptables-legacy'],
  commands:
    /^iptables-legacy -t mangle -I POSTROUTING 1 -o eth0 -p tcp .*--tcp-flags SYN,RST SYN .*-j TCPMSS --set-mss 13[78]\d$/,
  async breaks(device) {
    await onlyIptables(device, 'legacy');
    await narrowWay.breaks(device);
  },
});
