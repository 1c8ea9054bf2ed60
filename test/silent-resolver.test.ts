import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { builtCommand, run } from './built.js';

/** Own network and mount namespaces; a resolver's address on a link where nobody is. */
const world = `
set -e
ip link set lo up
ip link add d0 type veth peer name d1
ip address add 192.0.2.2/24 dev d0
ip link set d0 up
ip link set d1 up
ip neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev d0
mount --bind "$1" /etc/resolv.conf
shift
exec "$@"
`;

const canBuild = process.geteuid?.() === 0 && spawnSync('unshare', ['-mn', 'ip', 'link']).status === 0;

it.skipIf(!canBuild)(
  'a thread that hangs in getaddrinfo does not hold the process (needs root and namespaces)',
  async () => {
    const command = await builtCommand();
    const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-silent-'));
    const file = path.join(directory, 'resolv.conf');
    writeFileSync(file, 'nameserver 192.0.2.1\n');
    try {
      const line = [
        process.execPath,
        command,
        'https://shop.example/',
        '--timeout',
        '1.5',
        '--no-references',
        '--no-trace',
      ];
      const { code, stdout, stderr, ms } = await run('unshare', ['-mn', 'sh', '-c', world, 'sh', file, ...line]);
      expect({ code: code === 1 || code === 3, stderr }).toEqual({ code: true, stderr: '' });
      expect(stdout).toContain('192.0.2.1');
      // glibc alone would wait 10 s for its answer.
      expect(ms).toBeLessThan(8000);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
