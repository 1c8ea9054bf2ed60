import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shellWord } from '../src/model/shell-word.js';
import { builtCommand } from './built.js';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from './namespaces.js';

const port = 8099;
const target = `http://127.0.0.1:${port}/`;
const rules = 'table inet filter { chain output { type filter hook output priority 0; tcp dport 8099 reject with tcp reset; }; }\n'; // prettier-ignore

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command as root in a network of its own, with a /var/lib of its own; `prepare` is done before, by a shell. */
describe.runIf(canMakeNamespaces)('what a repair is given', { timeout: 120_000 }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-test-'));
  const state = path.join(directory, 'state');
  let cli = '';
  let world: Namespaces;
  let server: Server;

  beforeAll(async () => {
    cli = await builtCommand();
    world = makeNamespaces(['device'], []);
    world.run('device', 'mkdir', ['-p', state]);
    server = createServer((_request, response) => response.end('fine'));
    world.enter('device');
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    world.leave();
  }, 120_000);

  afterAll(() => {
    server.close();
    world.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  function run(words: readonly string[], prepare = ':', variables: Record<string, string> = {}): Promise<Ended> {
    return start([process.execPath, cli, ...words], prepare, variables);
  }

  function start(program: readonly string[], prepare: string, variables: Record<string, string>): Promise<Ended> {
    const shell = `mount --bind "$0" /var/lib && ${prepare} && exec "$@"`;
    const line = ['-m', '--propagation', 'private', 'bash', '-c', shell, state, ...program];
    return new Promise((resolve, reject) => {
      const child = world.in('device', () =>
        spawn('unshare', line, {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', ...variables },
        }),
      );
      let [out, err] = ['', ''];
      child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
      child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
    });
  }

  const fix = ['fix', target, '--yes', '--no-references', '--json'] as const;
  const listed = (): string => world.run('device', 'nft', ['list', 'ruleset']);
  const load = (text: string): void => void world.run('device', 'nft', ['-f', '-'], `flush ruleset\n${text}`);
  const records = (): string[] => readdirSync(path.join(state, 'whoblocked/changes'));

  async function fixed(): Promise<{ id: string; file: string; text: string }> {
    load(rules);
    const { code, out, err } = await run(fix);
    expect(`${out}${err}`).toContain('confirmed');
    expect(code).toBe(0);
    const id = /"id": "([a-z2-7]{8})"/.exec(out)?.[1] ?? '';
    const file = path.join(state, 'whoblocked/changes', `${id}.change`);
    return { id, file, text: readFileSync(file, 'utf8') };
  }

  it('an id that nobody knows, or that is none', async () => {
    for (const id of ['abcdefgh', '../../etc/passwd', "x'; reboot"]) {
      const { code, out } = await run(['undo', id]);
      expect(code).toBe(1);
      expect(out).toMatch(/there is no such change/);
    }
  });

  it('a record that is cut in half, or from a newer version, stays as it is, and so do the rules', async () => {
    const { id, file, text } = await fixed();
    const before = listed();
    for (const [damaged, why] of [
      [text.slice(0, text.length >> 1), /cut off or changed/],
      [text.replace('whoblocked change 1 ', 'whoblocked change 2 '), /newer version/],
      ['', /first line/],
    ] as const) {
      writeFileSync(file, damaged);
      const undone = await run(['undo', id]);
      expect(undone.code).toBe(1);
      expect(`${undone.out}${undone.err}`).toMatch(why);
      const all = await run(['changes']);
      expect(all.code).toBe(1);
      expect(all.err).toContain(`marked "whoblocked ${id}"`);
      expect(readFileSync(file, 'utf8')).toBe(damaged);
      expect(listed()).toBe(before);
    }
    // Whole again, it is taken back, whatever lies beside it.
    writeFileSync(file, text);
    symlinkSync('/etc/hosts', path.join(path.dirname(file), 'aaaaaaaa.change'));
    mkdirSync(path.join(path.dirname(file), 'bbbbbbbb.change'));
    const all = await run(['changes']);
    expect(all.code).toBe(1);
    expect(all.err).toMatch(/aaaaaaaa cannot be used[\s\S]*symbolic link[\s\S]*bbbbbbbb cannot be used/);
    expect(all.out).toContain(id);
    expect((await run(['undo', id])).code).toBe(0);
    expect(listed()).not.toContain('whoblocked');
    for (const name of ['aaaaaaaa', 'bbbbbbbb']) rmSync(path.join(path.dirname(file), `${name}.change`), { recursive: true }); // prettier-ignore
  });

  it('a file system that can only be read', async () => {
    const { id } = await fixed();
    const before = listed();
    const readOnly = 'mount -o remount,bind,ro /var/lib';
    const undone = await run(['undo', id], readOnly);
    expect(undone.code).toBe(1);
    expect(undone.out).toMatch(/can only be read/);
    expect(listed()).toBe(before);
    load(rules);
    const again = await run(fix, readOnly);
    expect(again.code).toBe(4);
    expect(again.out).toMatch(/can only be read/);
    expect(listed()).not.toContain('whoblocked');
    await run(['undo', '--all', '--anyway']);
  });

  it('a firewall that somebody changed meanwhile: the difference is shown and nothing is touched', async () => {
    const { id } = await fixed();
    world.run('device', 'nft', ['add', 'rule', 'inet', 'filter', 'output', 'tcp', 'dport', '9', 'drop']);
    const before = listed();
    const { code, out } = await run(['undo', id]);
    expect(code).toBe(1);
    expect(out).toMatch(/somebody changed it meanwhile[\s\S]*\+ tcp dport 9 drop[\s\S]*undo --anyway/);
    expect(listed()).toBe(before);
    expect((await run(['undo', id, '--anyway'])).code).toBe(0);
    expect(listed()).toBe(before.replace(/\n.*whoblocked.*/, ''));
  });

  it('an undo that could cut off a remote session in which nobody can be asked', async () => {
    load(rules);
    const before = listed();
    const reset = await run(['reset', 'firewall', '--yes', '--json']);
    expect(reset.out).toContain('"state": "confirmed"');
    const id = /"id": "([a-z2-7]{8})"/.exec(reset.out)?.[1] ?? '';
    const after = listed();
    const session = { SSH_CONNECTION: '192.0.2.1 40000 192.0.2.2 22' };
    const { code, out } = await run(['undo'], ':', session);
    expect(code).toBe(1);
    expect(out).toMatch(/could cut off this remote session/);
    expect(listed()).toBe(after);
    // With a terminal a key keeps it; script(1) brings one.
    const line = `${process.execPath} ${cli} undo`;
    const screen = path.join(directory, 'screen');
    const asked = (key: string): Promise<Ended> => {
      // The key is pressed when the question stands there, however long that took; what follows keeps the line open.
      const stands = `until grep -qs 'still work here' ${screen}; do sleep 0.1; done`;
      const presses = `timeout 30 bash -c ${shellWord(stands)}; sleep 0.5; echo ${key}; sleep 3`;
      return start(['bash', '-c', `rm -f ${screen}; (${presses}) | script -qefc "${line}" ${screen}`], ':', session);
    };
    expect((await asked('n')).out).toMatch(/Can you still work here\?[\s\S]*it is in\s+force again/);
    expect(listed()).toBe(after);
    // Ended from outside while it waits for that key, its watchdog puts it in force again.
    const pid = path.join(directory, 'pid');
    const waits = `until grep -qs '"state":"reverted"' /var/lib/whoblocked/changes/${id}.change; do sleep 0.1; done`;
    const kills = `timeout 30 bash -c ${shellWord(waits)}; kill -KILL $(cat ${pid}); sleep 0.5`;
    const alone = `script -qec "bash -c 'echo \\$\\$ > ${pid}; exec ${line}'" /dev/null`;
    await start(['bash', '-c', `(${kills}) | ${alone}`], ':', session);
    for (let i = 0; i < 200 && listed() !== after; i++) await setTimeout(50);
    expect(listed()).toBe(after);
    expect((await run(['changes'])).out).toMatch(/in force[\s\S]*undo was tried: its run ended before it was kept/);
    expect((await asked('y')).out).toMatch(/is taken back/);
    expect(listed()).toBe(before);
  });

  it('iptables that is locked by another program', async () => {
    load('');
    world.run('device', 'iptables-legacy', ['-A', 'OUTPUT', '-p', 'tcp', '--dport', String(port), '-j', 'REJECT']);
    const before = world.run('device', 'iptables-legacy-save', []);
    // Another /run, where somebody holds the lock for as long as this lasts (xtables.lock, flock(2)).
    const held = 'mount -t tmpfs none /run && { flock /run/xtables.lock sleep 40 >/dev/null 2>&1 & sleep 0.2; }';
    const { code, out } = await run(fix, held);
    expect(code).not.toBe(0);
    expect(out).toMatch(/iptables[\w -]* failed: .*lock/i);
    const plain = (text: string): string => text.replaceAll(/^#.*\n|\[\d+:\d+\]/gm, '');
    expect(plain(world.run('device', 'iptables-legacy-save', []))).toBe(plain(before));
    world.run('device', 'iptables-legacy', ['-F']);
    expect(records().length).toBeGreaterThan(0);
  });

  /** A fake of nft, named as such, over the real one: what its words do first; else it does what nft does. */
  function fakeNft(first: (real: string) => string): string {
    const real = path.join(directory, 'nft-real');
    const fake = path.join(directory, 'fake-nft');
    copyFileSync('/usr/sbin/nft', real);
    writeFileSync(fake, `#!/bin/sh\n${first(real)}\nexec ${real} "$@"\n`, { mode: 0o755 });
    return `mount --bind ${fake} /usr/sbin/nft`;
  }

  it('a listing of nft that breaks off: what could not be read is said, and nothing is claimed of it', async () => {
    load(rules);
    const before = listed();
    const broken = fakeNft((real) => `[ "$*" != '-j list ruleset' ] || { ${real} "$@" | head -c 300; exit; }`);
    const { code, out } = await run(fix, broken);
    expect(code).toBe(4);
    expect(out).toMatch(/the rules could not be read \(what nft -j list ruleset prints: the JSON is not complete/);
    expect(listed()).toBe(before);
    const walked = await run(['rules', target], broken);
    expect(walked.code).toBe(1);
    expect(walked.err).toMatch(/what nft -j list ruleset prints: the JSON is not complete/);
    expect(walked.out).toMatch(/cannot be told what happens/);
    expect(walked.out).not.toMatch(/lets everything pass/);
  });

  it('a ban that whoever carries it out lifts some seconds later, as the bouncer of CrowdSec does', async () => {
    const banned = '{ 127.0.0.1 }';
    load(`table ip crowdsec { set crowdsec-blacklists { type ipv4_addr; elements = ${banned}; }; chain crowdsec-chain { type filter hook input priority 0; tcp dport ${port} ip saddr @crowdsec-blacklists drop; }; }\n`); // prettier-ignore
    const decided = path.join(directory, 'decided');
    const fakes = path.join(directory, 'fakes');
    mkdirSync(fakes);
    writeFileSync(decided, JSON.stringify([{ decisions: [{ id: 7, value: '127.0.0.1', type: 'ban', scope: 'Ip', origin: 'crowdsec', scenario: 'a/scan', duration: '1h0m0s' }] }])); // prettier-ignore
    const lifts = `sleep 9; nft delete element ip crowdsec crowdsec-blacklists '${banned}'`;
    const cscli = `case "$2" in list) cat ${decided};; delete) echo null > ${decided}; (${lifts}) >/dev/null 2>&1 & ;; esac`;
    writeFileSync(path.join(fakes, 'cscli'), `#!/bin/sh\n${cscli}\n`, { mode: 0o755 });
    const etc = path.join(directory, 'etc');
    const settings = `cp -a /etc ${etc} && mkdir -p ${etc}/crowdsec && echo url: ${target} > ${etc}/crowdsec/local_api_credentials.yaml`;
    const here = `${settings} && mount --bind ${etc} /etc && mount --bind ${fakes} /usr/local/sbin`;
    const { code, out } = await run([...fix, '--allow-wider'], here);
    expect(out).toContain('cscli decisions delete --id 7');
    expect(out).toContain('"state": "confirmed"');
    expect(code).toBe(0);
  });

  it('a remedy that does not help, or that there is not', async () => {
    load(rules);
    for (const name of ['no-such-thing', 'lower-mtu']) {
      const { code, out } = await run(['fix', target, '--yes', '--no-references', '--only', name]);
      expect(code).toBe(4);
      expect(out.replace(/\s+/g, ' ')).toMatch(
        new RegExp(`${name}: it does not help with local-firewall; what may: allow-in-firewall`),
      );
    }
  });

  it('a program that asks something and waits for the answer', async () => {
    load(rules);
    const before = listed();
    const asks = fakeNft(() => `case "$*" in *'"insert"'*) printf 'Proceed (y|n)? '; exec sleep 30;; esac`);
    const { code, out } = await run(fix, asks);
    expect(code).toBe(1);
    expect(out).toMatch(/nft did not come to an end \(is it locked, or does it ask something\?\)/);
    expect(out).toContain('"state": "reverted"');
    expect(listed()).toBe(before);
  });

  it.each([
    ['says so and fails', 1, /nft failed: Proceed \(y\|n\)\? Aborted/],
    ['says that all is well', 0, /said that it is done, and nothing changed/],
  ])('a program that asks something, hears nothing, and %s', async (_what, exit, why) => {
    load(rules);
    const before = listed();
    const asks = fakeNft(() => `case "$*" in *'"insert"'*) printf 'Proceed (y|n)? '; read x; [ "$x" = y ] || { echo Aborted; exit ${exit}; };; esac`); // prettier-ignore
    const { code, out } = await run(fix, asks);
    expect(code).toBe(1);
    expect(out).toMatch(why);
    expect(out).toContain('"state": "reverted"');
    expect(listed()).toBe(before);
  });
});
