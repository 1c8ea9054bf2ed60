import { until } from '../../world/process.js';
import { cycle } from '../cycle.js';
import { endDhcp, loseLease, provideDhcpcd, startDhcpServer } from '../dhcp.js';

export default cycle({
  id: 'lease-of-dhcpcd',
  title: 'Somebody took the default route away; the real dhcpcd runs and knows it',
  remedy: 'renew-lease',
  needs: ['dhcpcd', 'dnsmasq'],
  commands: /dhcpcd -n eth0/,
  async breaks(device) {
    provideDhcpcd(device);
    await startDhcpServer(device);
    await loseLease(device);
    device.start('/usr/local/sbin/dhcpcd', ['--nobackground', '--nodev', 'eth0']);
    const isThere = async (): Promise<boolean> => (await device.must('ip -4 route show default')) !== '';
    if (!(await until(isThere, 20_000, 100))) throw new Error('dhcpcd gets no lease');
    await device.must('ip -4 route flush default');
  },
  mends: endDhcp,
});
