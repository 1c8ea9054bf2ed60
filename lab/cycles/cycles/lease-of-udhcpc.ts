import { cycle } from '../cycle.js';
import { endDhcp, loseLease, provideUdhcpc, startDhcpServer } from '../dhcp.js';

export default cycle({
  id: 'lease-of-udhcpc',
  title:
    'Somebody led the default route to a router that is not there; the real udhcpc of busybox runs and knows the right one',
  remedy: 'renew-lease',
  needs: ['udhcpc', 'dnsmasq'],
  commands: /kill -USR1/,
  async breaks(device) {
    provideUdhcpc(device);
    await startDhcpServer(device);
    await loseLease(device);
    await device.must('udhcpc -n -q -p /run/udhcpc.eth0.pid -i eth0');
    device.start('/usr/local/sbin/udhcpc', ['-f', '-p', '/run/udhcpc.eth0.pid', '-i', 'eth0']);
    await device.must('sleep 1');
    await device.must('ip route replace default via 192.168.7.77');
  },
  mends: endDhcp,
});
