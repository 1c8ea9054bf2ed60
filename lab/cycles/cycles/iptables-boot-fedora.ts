import { mkdirSync } from 'node:fs';
import { cycle } from '../cycle.js';
import { type Device, writeEtc } from '../device.js';

/** As Fedora's iptables-services brings it: not in the words of iptables-save; and the same of IPv6, which is not touched. */
const rules = (reject: string): string => `# sample configuration for iptables service
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A OUTPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with ${reject}
COMMIT
`;

/** As both services do when they start. */
async function load(device: Device): Promise<void> {
  await device.must('iptables-restore /etc/sysconfig/iptables');
  await device.must('ip6tables-restore /etc/sysconfig/ip6tables');
}

export default cycle({
  id: 'iptables-boot-fedora',
  title: 'The file of iptables-services holds the rule: the exception goes there too',
  remedy: 'allow-in-firewall',
  needs: ['iptables-nft'],
  commands: /add the same rule below line 7 of \/etc\/sysconfig\/iptables(?:$|\n)/,
  async breaks(device) {
    mkdirSync(device.etc('sysconfig'), { recursive: true });
    writeEtc(device, 'sysconfig/iptables', rules('icmp-port-unreachable'), 0o600);
    writeEtc(device, 'sysconfig/ip6tables', rules('icmp6-port-unreachable'), 0o600);
    await load(device);
  },
  boots: load,
});
