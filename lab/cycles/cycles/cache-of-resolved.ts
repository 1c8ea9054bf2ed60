import { mkdirSync } from 'node:fs';
import { rememberOldAddress, UPSTREAM } from '../caches.js';
import { cycle } from '../cycle.js';

/** Has a real dnsmasq, on the address of its stub, forget what it remembers. */
const resolvectl = `#!/usr/bin/python3
import os, signal, sys
if sys.argv[1:] != ['flush-caches']:
    sys.exit('Unknown command verb')
os.kill(int(open('/run/fake-resolved.pid').read()), signal.SIGHUP)
`;

export default cycle({
  id: 'cache-of-resolved',
  title: 'systemd-resolved (a fake of its program, dnsmasq in its place) remembers an old address',
  remedy: 'flush-name-cache',
  target: 'http://four.example.com/',
  needs: ['dnsmasq'],
  references: true,
  commands: /resolvectl flush-caches/,
  async breaks(device) {
    device.fake('resolvectl', resolvectl);
    mkdirSync(`${device.directory}/run/systemd/resolve`, { recursive: true });
    const start = async (): Promise<void> => {
      const words = [
        '--keep-in-foreground',
        '--conf-file=/dev/null',
        '--user=root',
        '--bind-interfaces',
        '--no-resolv',
      ];
      const own = ['--listen-address=127.0.0.53', '--pid-file=/run/fake-resolved.pid', `--server=${UPSTREAM}`];
      device.start('dnsmasq', [...words, ...own, '--no-hosts']);
      await Promise.resolve();
    };
    await rememberOldAddress(device, start, '127.0.0.53');
  },
});
