import { mkdirSync } from 'node:fs';
import { rememberOldAddress, UPSTREAM } from '../caches.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

const settings = `server:
  interface: 127.0.0.1
  username: ""
  chroot: ""
  pidfile: "/run/unbound.pid"
  use-syslog: no
  do-not-query-localhost: no
  module-config: "iterator"
remote-control:
  control-enable: yes
  control-interface: /run/unbound.ctl
forward-zone:
  name: "."
  forward-addr: ${UPSTREAM}
`;

export default cycle({
  id: 'cache-of-unbound',
  title: 'The real unbound on this computer remembers an old address',
  remedy: 'flush-name-cache',
  target: 'http://four.example.com/',
  needs: ['unbound', 'dnsmasq'],
  references: true,
  commands: /^unbound-control flush_zone four\.example\.com$/,
  async breaks(device) {
    mkdirSync(device.etc('unbound'), { recursive: true });
    writeEtc(device, 'unbound/unbound.conf', settings);
    await rememberOldAddress(device, async () => {
      device.start('unbound', ['-d', '-c', '/etc/unbound/unbound.conf']);
      await Promise.resolve();
    });
  },
});
