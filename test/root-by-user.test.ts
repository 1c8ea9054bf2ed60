import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from './built.js';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from './namespaces.js';

const port = 8098;
const rules = `table inet filter { chain output { type filter hook output priority 0; tcp dport ${port} reject with tcp reset; }; }\n`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

/** A user without rights on a computer that has pkexec, sudo or neither: pkexec is a fake, sudo the real one. */
describe.runIf(canMakeNamespaces && existsSync('/usr/bin/sudo'))(
  'a user who is not made root',
  { timeout: 120_000 },
  () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-test-'));
    let cli = '';
    let world: Namespaces;
    let server: Server;

    beforeAll(async () => {
      cli = await builtCommand();
      chmodSync(directory, 0o755);
      for (const name of ['state', 'home', 'sudoers', 'bin']) mkdirSync(path.join(directory, name), { mode: 0o777 });
      chmodSync(path.join(directory, 'home'), 0o777);
      world = makeNamespaces(['device'], []);
      server = createServer((_request, response) => response.end('fine'));
      world.enter('device');
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      world.leave();
      world.run('device', 'nft', ['-f', '-'], rules);
    }, 120_000);

    afterAll(() => {
      server.close();
      world.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    const fixes = ['fix', `http://127.0.0.1:${port}/`, '--yes', '--no-references'];

    /** `prepare`, by a shell as root, changes which programs there are; then the user runs `fix`, or other words. */
    function fix(prepare: string, keys: string | null = null, call = fixes): Promise<Ended> {
      const line = [process.execPath, cli, ...call];
      const asUser = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...line];
      // script(1) brings a terminal; what is typed comes when sudo asks.
      const typed = `(for i in 1 2 3; do sleep 4; echo ${keys}; done; sleep 3) | script -qec '${asUser.join(' ')}' /dev/null`;
      const words = keys === null ? asUser : ['bash', '-c', typed];
      const layers = `lowerdir=/usr/bin,upperdir=/mnt/u,workdir=/mnt/w`;
      const shell = `mount --bind "$0/state" /var/lib && mount --bind "$0/sudoers" /etc/sudoers.d && mount -t tmpfs none /mnt &&
      mkdir /mnt/u /mnt/w && mount -t overlay none -o ${layers} /usr/bin && ${prepare} && exec "$@"`;
      return new Promise((resolve, reject) => {
        const child = world.in('device', () =>
          spawn('unshare', ['-m', '--propagation', 'private', 'bash', '-c', shell, directory, ...words], {
            stdio: ['ignore', 'pipe', 'pipe'],
            cwd: '/',
            env: {
              PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
              HOME: path.join(directory, 'home'),
              ...(keys === null && { DISPLAY: ':0' }),
            },
          }),
        );
        let out = '';
        child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
        child.stderr.on('data', (bytes: Buffer) => (out += bytes.toString()));
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, out }));
      });
    }

    function pkexecThat(says: string, code: number): string {
      const file = path.join(directory, 'pkexec');
      writeFileSync(file, `#!/bin/sh\necho "${says}" >&2\nexit ${code}\n`, { mode: 0o755 });
      return `cp ${file} /usr/bin/pkexec`;
    }

    const listed = (): string => world.run('device', 'nft', ['list', 'ruleset']);

    it('whose own journal can only be read is told that too', async () => {
      const home = path.join(directory, 'home');
      const { code, out } = await fix(`mount --bind ${home} ${home} && mount -o remount,bind,ro ${home}`);
      expect(code).toBe(4);
      expect(out).toMatch(/nothing of this user's own can be changed: the directory .* cannot be made/);
      expect(listed()).not.toContain('whoblocked');
    });

    it('is told that a change is none of that user’s own before root is asked for', async () => {
      const { code, out } = await fix('mkdir -p /var/lib/whoblocked', null, ['undo', 'abcdefgh']);
      expect(code).toBe(1);
      expect(out).toMatch(
        /there is no change abcdefgh of this user's own[\s\S]*root was not given: nothing was changed/,
      );
      rmSync(path.join(directory, 'state/whoblocked'), { recursive: true });
    });

    // The words and the statuses are pkexec's own (pkexec(1)).
    it.each([
      ['closes its window', 'Error executing command as another user: Request dismissed', 126],
      ['may not', 'Error executing command as another user: Not authorized', 127],
    ])('%s: said, and nothing is changed', async (_name, says, status) => {
      const before = listed();
      const { code, out } = await fix(pkexecThat(says, status));
      expect(code).toBe(4);
      expect(out).toContain(says);
      expect(out).toMatch(
        /this step takes root, and only this: pkexec \/[\s\S]*root was not given: nothing was changed/,
      );
      expect(out).toMatch(/It takes root to change that: sudo /);
      expect(listed()).toBe(before);
      expect(existsSync(path.join(directory, 'state/whoblocked'))).toBe(false);
    });

    it('types a wrong password three times: said, and nothing is changed', async () => {
      writeFileSync(path.join(directory, 'sudoers/lab'), 'nobody ALL=(root) ALL\n', { mode: 0o440 });
      const before = listed();
      const { code, out } = await fix(':', 'wrong');
      expect(out).toMatch(
        /this step takes root, and only this: sudo -- \/[\s\S]*root was not given: nothing was changed/,
      );
      expect(code).toBe(4);
      expect(listed()).toBe(before);
    });

    it('has neither pkexec nor sudo: said what would be needed, and nothing is changed', async () => {
      const before = listed();
      const { code, out } = await fix('rm -f /usr/bin/sudo /usr/bin/pkexec');
      expect(out).toMatch(/It takes root to change that: su root -s /);
      expect(out).not.toContain('sudo');
      expect(code).toBe(4);
      expect(listed()).toBe(before);
    });
  },
);
