import { cycle, TARGET } from '../cycle.js';

/** As wg-quick(8) leads everything into its tunnel: by two halves, so that the default route stays. */
const tunnel = [
  'ip link add wg0 type veth peer name peer0',
  'ip link set wg0 arp off',
  'ip link set wg0 addrgenmode none',
  'ip link set wg0 up',
  'ip link set peer0 addrgenmode none',
  'ip link set peer0 up',
  'ip addr add 10.99.0.2/32 dev wg0',
  'ip route add 0.0.0.0/1 dev wg0',
  'ip route add 128.0.0.0/1 dev wg0',
];

export default cycle({
  id: 'pause-vpn-tunnel',
  title: 'The target is led beside a tunnel that carries nothing, for a moment',
  remedy: 'pause-vpn',
  words: ['pause', 'vpn', TARGET, '--for', '20s', '--yes', '--json', '--no-references', '--allow-wider'],
  proves: 'vpn-blocks',
  commands: /^ip -4 route add 198\.51\.100\.10 via \S+ dev eth0/,
  async mends(device) {
    await device.run(['ip', 'link', 'del', 'wg0']);
  },
  async breaks(device) {
    for (const line of tunnel) await device.must(line);
  },
});
