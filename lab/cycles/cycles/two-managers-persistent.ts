import { netfilterPersistent } from '../boot-services.js';
import { cycle } from '../cycle.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

/** As the images of a cloud bring it, written by hand: everything is turned away before ufw's chains are reached. */
const rules = `# iptables configuration for this image
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:InstanceServices - [0:0]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW --dport 22 -j ACCEPT
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A FORWARD -j REJECT --reject-with icmp-host-prohibited
-A OUTPUT -d 169.254.0.0/16 -j InstanceServices
-A InstanceServices -d 169.254.0.2/32 -p tcp -m owner --uid-owner 0 -m tcp --dport 3260 -m comment --comment "storage" -j ACCEPT
COMMIT
`;

export default cycle({
  id: 'two-managers-persistent',
  title:
    'The real ufw lets a port in, and the file of netfilter-persistent turns all away before (systemctl is a fake)',
  remedy: 'keep-one-manager',
  needs: ['ufw', 'iptables-nft'],
  words: inboundWords(8080),
  arguments: ['--only', 'keep-one-manager', '--allow-wider'],
  commands: /^iptables -D INPUT -j REJECT --reject-with icmp-host-prohibited$/,
  notCommands: /ufw/,
  works: (device) => serverReaches(device, 8080),
  reload: ['ufw', 'reload'],
  async breaks(device) {
    await listenOn(device, 8080);
    await netfilterPersistent(device, rules);
    await device.must('ufw --force enable');
    await device.must('ufw allow 8080/tcp');
  },
});
