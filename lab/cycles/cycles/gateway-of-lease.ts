import { mkdirSync, writeFileSync } from 'node:fs';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'gateway-of-lease',
  title: 'The default route is gone; the lease that dhclient keeps names the router',
  remedy: 'set-gateway',
  commands: /ip -4 route add default via 192\.168\.7\.1 dev eth0 table main/,
  async breaks(device) {
    await device.must('ip route del default');
    const folder = `${device.directory}/var-lib/dhcp`;
    mkdirSync(folder, { recursive: true });
    const lease = (router: string): string =>
      `lease {\n  interface "eth0";\n  fixed-address 192.168.7.20;\n  option routers ${router};\n}\n`;
    writeFileSync(`${folder}/dhclient.eth0.leases`, lease('192.168.7.77') + lease('192.168.7.1'));
  },
});
