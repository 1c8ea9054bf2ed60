import { mkdirSync, writeFileSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';

/** Keeps the servers of one link in a file that a real dnsmasq, on the address of its stub, reads as its own. */
const resolvectl = `#!/usr/bin/python3
import os, signal, sys
FILE = '/run/systemd/resolve/resolv.conf'
words = sys.argv[1:]
if words[0] != 'dns' or (len(words) > 1 and words[1] != 'eth0'):
    sys.exit('Failed to resolve interface: No such device')
if len(words) > 2:
    open(FILE, 'w').write(''.join('nameserver %s\\n' % word for word in words[2:] if word))
    os.kill(int(open('/run/fake-resolved.pid').read()), signal.SIGHUP)
else:
    servers = [line.split()[1] for line in open(FILE)]
    if len(words) == 1: print('Global:')
    print('Link 2 (eth0): ' + ' '.join(servers))
`;

export default cycle({
  id: 'resolver-of-resolved',
  title: 'systemd-resolved (a fake of its program, dnsmasq in its place) asks a name server that is gone',
  remedy: 'switch-resolver',
  target: 'http://four.example.com/',
  needs: ['dnsmasq'],
  references: true,
  arguments: ['--allow-wider'],
  commands: /resolvectl dns eth0 192\.0\.2\.53/,
  async breaks(device) {
    device.fake('resolvectl', resolvectl);
    mkdirSync(device.etc('whoblocked'), { recursive: true });
    writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
    writeEtc(device, 'resolv.conf', 'nameserver 127.0.0.53\noptions edns0 trust-ad timeout:1 attempts:1\n');
    mkdirSync(`${device.directory}/run/systemd/resolve`, { recursive: true });
    writeFileSync(`${device.directory}/run/systemd/resolve/resolv.conf`, 'nameserver 203.0.113.54\n');
    const words = ['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--bind-interfaces', '--no-hosts'];
    const own = ['--listen-address=127.0.0.53', '--pid-file=/run/fake-resolved.pid', '--cache-size=0'];
    device.start('dnsmasq', [...words, ...own, '--resolv-file=/run/systemd/resolve/resolv.conf']);
    await device.must('sleep 0.5');
  },
});
