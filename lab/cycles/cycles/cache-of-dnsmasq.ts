import { mkdirSync } from 'node:fs';
import { rememberOldAddress, UPSTREAM } from '../caches.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'cache-of-dnsmasq',
  title:
    'The real dnsmasq on this computer remembers an old address; emptying it cannot be taken back, and nobody misses it',
  remedy: 'flush-name-cache',
  target: 'http://four.example.com/',
  needs: ['dnsmasq'],
  references: true,
  commands: /kill -HUP the process of dnsmasq/,
  async breaks(device) {
    mkdirSync(`${device.directory}/run/dnsmasq`, { recursive: true });
    await rememberOldAddress(device, async () => {
      const words = [
        '--keep-in-foreground',
        '--conf-file=/dev/null',
        '--user=root',
        '--bind-interfaces',
        '--no-resolv',
      ];
      const own = ['--listen-address=127.0.0.1', '--pid-file=/run/dnsmasq/dnsmasq.pid', `--server=${UPSTREAM}`];
      device.start('dnsmasq', [...words, ...own, '--no-hosts']);
      await Promise.resolve();
    });
  },
});
