// A device on which things may be changed: its own network, and private copies of /etc, /var/lib, /run and ufw's files.
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { USUAL_HOSTS, USUAL_RESOLV_CONF } from '../world/device-files.js';
import { must, run, until, type Ran, type RunOptions } from '../world/process.js';
import { USUAL } from '../world/topology.js';
import type { World } from '../world/world.js';

/** The only text that a shell reads: $1 is the directory that holds the copies. */
const HOLD = `set -eu
for name in etc var-lib run fakes; do mkdir -p "$1/$name"; done
mount --bind "$1/run" /run
mount --bind "$1/var-lib" /var/lib
[ ! -d "$1/lib-ufw" ] || mount --bind "$1/lib-ufw" /lib/ufw
mount --bind "$1/etc" /etc
mount --bind "$1/fakes" /usr/local/sbin
touch "$1/ready"
exec sleep infinity
`;

export class Device {
  readonly directory: string;
  /** The authority of the lab's own certificates, which the command trusts. */
  trustedRoot = '';
  #pid = 0;
  #count = 0;
  readonly #daemons: ChildProcess[] = [];

  private constructor(readonly world: World) {
    this.directory = path.join(world.state, 'changed');
  }

  static async open(world: World): Promise<Device> {
    const device = new Device(world);
    const { directory } = device;
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    cpSync('/etc', path.join(directory, 'etc-clean'), { recursive: true, verbatimSymlinks: true });
    if (existsSync('/lib/ufw')) cpSync('/lib/ufw', path.join(directory, 'lib-ufw'), { recursive: true });
    rmSync(device.etc('resolv.conf', 'etc-clean'), { force: true });
    writeFileSync(device.etc('resolv.conf', 'etc-clean'), USUAL_RESOLV_CONF);
    writeFileSync(device.etc('hosts', 'etc-clean'), USUAL_HOSTS);
    cpSync(path.join(directory, 'etc-clean'), path.join(directory, 'etc'), { recursive: true, verbatimSymlinks: true });
    const child = world.startProgram('device', 'unshare', [
      '-m',
      '--propagation',
      'private',
      'bash',
      '-c',
      HOLD,
      '-',
      directory,
    ]);
    if (!(await until(() => existsSync(path.join(directory, 'ready')), 10_000, 10)))
      throw new Error('the device does not start');
    device.#pid = child.pid ?? 0;
    return device;
  }

  get pid(): number {
    return this.#pid;
  }

  /** A file of its /etc, as it is seen from outside: the clean copy, or what is mounted there now. */
  etc(name: string, copy?: 'etc-clean'): string {
    const isOpen = copy === undefined && this.#pid > 0;
    return path.join(isOpen ? `/proc/${this.#pid}/root` : this.directory, copy ?? 'etc', name);
  }

  /** What it has below /var/lib/whoblocked, likewise. */
  journalDirectory(): string {
    return `/proc/${this.#pid}/root/var/lib/whoblocked`;
  }

  inside(program: string, ...args: string[]): [string, string[]] {
    const spaces = [`--net=/run/netns/${this.world.namespace('device')}`, `--mount=/proc/${this.#pid}/ns/mnt`];
    return ['nsenter', [...spaces, '--', program, ...args]];
  }

  async must(line: string, input?: string): Promise<string> {
    const [program = '', ...args] = line.split(/\s+/);
    return must(...this.inside(program, ...args), {
      timeoutMs: 60_000,
      cwd: '/',
      ...(input !== undefined && { input }),
    });
  }

  async words(...words: readonly [string, ...string[]]): Promise<string> {
    const [program, ...args] = words;
    return must(...this.inside(program, ...args), { timeoutMs: 60_000, cwd: '/' });
  }

  run(words: readonly [string, ...string[]], options: RunOptions = {}): Promise<Ran> {
    const [program, ...args] = words;
    return run(...this.inside(program, ...args), { timeoutMs: 60_000, cwd: '/', ...options });
  }

  /** A daemon of this device; it ends with the next cleaning. */
  start(program: string, args: readonly string[]): void {
    const [enter, entered] = this.inside('setpriv', '--pdeathsig', 'KILL', program, ...args);
    const child = spawn(enter, entered, { stdio: 'ignore', cwd: '/' });
    child.once('error', () => undefined);
    // One in a network of its own is not found when the world is removed: it ends with this process then.
    child.unref();
    this.#daemons.push(child);
  }

  /** A program that stands in for one that cannot run here; whoever uses it names it as a fake. */
  fake(name: string, script: string): void {
    writeFileSync(path.join(this.directory, 'fakes', name), script, { mode: 0o755 });
  }

  /** Loads a ruleset of nft from a file of its own: nft cannot read a socket, and Node's pipes are such. */
  async nft(ruleset: string): Promise<void> {
    const file = path.join(this.directory, `ruleset-${++this.#count}`);
    writeFileSync(file, ruleset);
    await this.must(`nft -f ${file}`);
    rmSync(file);
  }

  /** As on the first day: no rules, clean files, an empty journal. */
  async clean(): Promise<void> {
    await this.end();
    empty(path.join(this.directory, 'fakes'));
    empty(`/proc/${this.#pid}/root/var/lib`);
    empty(this.etc('.'));
    cpSync(this.etc('.', 'etc-clean'), this.etc('.'), { recursive: true, verbatimSymlinks: true });
  }

  /** What a restart of the computer ends: its daemons, its rules, its routes, and what is in /run. */
  async end(): Promise<void> {
    const daemons = this.#daemons.splice(0);
    const ended = daemons.map(
      (child) =>
        new Promise((resolve) =>
          child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
        ),
    );
    for (const child of daemons) child.kill('SIGKILL');
    await Promise.all(ended);
    if (!(await until(() => this.#endRest() === 0, 5_000, 10))) throw new Error('a program of the device does not end');
    await this.must('nft flush ruleset');
    await this.run(['ipset', 'destroy']);
    await this.#cleanRoutes();
    for (const program of ['iptables-legacy', 'ip6tables-legacy']) {
      const names = await this.run(['cat', `/proc/net/${program.startsWith('ip6') ? 'ip6' : 'ip'}_tables_names`]);
      for (const table of names.stdout.split('\n').filter((name) => name !== '')) {
        await this.words(program, '-t', table, '-F');
        await this.words(program, '-t', table, '-X');
        if (table === 'filter')
          for (const chain of ['INPUT', 'OUTPUT', 'FORWARD']) await this.words(program, '-P', chain, 'ACCEPT');
      }
    }
    empty(path.join(this.directory, 'run'));
  }

  /**
   * What its daemons started and left behind, ended likewise: a client of DHCP's script would else take addresses away from
   * the device that is cleaned. How many there were.
   */
  #endRest(): number {
    const own = mountNamespaceOf(String(this.#pid));
    if (own === null) throw new Error('what holds the device has ended');
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== this.#pid);
    const rest = pids.filter((pid) => mountNamespaceOf(pid) === own);
    for (const pid of rest) endNow(Number(pid));
    return rest.length;
  }

  /** Interfaces and routes as the world has them (USUAL in topology.ts), rules as the kernel brings them. */
  async #cleanRoutes(): Promise<void> {
    const ip = (...words: string[]): Promise<string> => this.words('ip', ...words);
    const links = JSON.parse(await ip('-j', 'link', 'show')) as { ifname: string }[];
    for (const { ifname } of links) if (ifname !== 'lo' && ifname !== 'eth0') await ip('link', 'del', 'dev', ifname);
    await ip('link', 'set', 'dev', 'lo', 'up');
    await ip('link', 'set', 'dev', 'eth0', 'mtu', '1500', 'up');
    for (const family of ['-4', '-6'])
      for (const type of ['blackhole', 'unreachable', 'prohibit'])
        await ip(family, 'route', 'flush', 'table', 'main', 'type', type);
    // An address that a client of DHCP put there has its routes by another name, or none.
    for (const family of ['-4', '-6']) await ip(family, 'addr', 'flush', 'dev', 'eth0', 'scope', 'global');
    for (const [interfaceName, address] of USUAL.addresses.device ?? [])
      await ip('addr', 'replace', address, 'dev', interfaceName, ...(address.includes(':') ? ['nodad'] : []));
    for (const family of ['-4', '-6']) {
      for (const by of ['boot', 'static', 'dhcp']) await ip(family, 'route', 'flush', 'table', 'main', 'proto', by);
      const routes = (USUAL.routes.device ?? []).filter((route) => route.includes(':') === (family === '-6'));
      for (const route of routes) await ip(family, 'route', 'replace', ...route.split(' '));
      await ip(family, 'rule', 'flush');
      // networkd takes away those that are not the kernel's own.
      for (const [table, priority] of [['main', '32766'], ...(family === '-4' ? [['default', '32767']] : [])] as const)
        await ip(family, 'rule', 'add', 'protocol', 'kernel', 'priority', priority, 'lookup', table);
    }
  }

  /** Everything that a change could have touched, in a form in which two equal states are equal texts. */
  async state(): Promise<string> {
    const [rules, printed, routes, six, policy, sixPolicy, links] = await Promise.all([
      this.must('nft -j list ruleset'),
      this.must('nft -s list ruleset'),
      this.must('ip -j route show table all'),
      this.must('ip -6 -j route show table all'),
      this.must('ip -j rule show'),
      this.must('ip -6 -j rule show'),
      this.must('ip -j link show'),
    ]);
    const sets = await this.run(['ipset', 'list', '-o', 'save']);
    const legacy: string[] = [];
    for (const [names, program] of [
      ['ip_tables_names', 'iptables-legacy-save'],
      ['ip6_tables_names', 'ip6tables-legacy-save'],
    ] as const) {
      const tables = await this.run(['cat', `/proc/net/${names}`]);
      if (tables.stdout.trim() !== '') legacy.push(withoutCounts(await this.must(program)));
    }
    return [
      // Where a table has flags nft 1.0 garbles its JSON, with other bytes each time: the text alone counts.
      ...(/^\tflags /m.test(printed) ? [] : rulesOf(rules)),
      ...printed.split('\n').map((line) => line.replace(/ expires \S+/g, '')),
      ...legacy,
      ...sets.stdout
        .replace(/ (?:initval|timeout|packets|bytes) \w+/g, '')
        .split('\n')
        .sort(),
      ...[routes, six, policy, sixPolicy].map((json) => JSON.stringify(stable(JSON.parse(json === '' ? '[]' : json)))),
      await this.must('sysctl net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies'),
      ...linksOf(links),
      ...treeOf(this.etc('.')),
      ...this.#home(),
    ].join('\n');
  }

  /** Of the user of some cycles; the journal there is not part of the state. */
  #home(): string[] {
    const home = path.join(this.directory, 'run/nobody');
    return existsSync(home) ? treeOf(home).filter((line) => !/^\.(?:local|cache)\b/.test(line)) : [];
  }

  journal(): string[] {
    const changes = this.journalDirectory();
    return existsSync(changes) ? readdirSync(changes, { recursive: true, encoding: 'utf8' }) : [];
  }
}

/** Null when it has ended, or is about to. */
function mountNamespaceOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return null;
  }
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function empty(directory: string): void {
  for (const name of readdirSync(directory)) rmSync(path.join(directory, name), { recursive: true, force: true });
}

/** One line an object, rules in their order; handles, counters and remaining times aside. */
function rulesOf(json: string): string[] {
  const { nftables } = JSON.parse(json) as { nftables: object[] };
  return nftables.filter((object) => !('metainfo' in object)).map((object) => JSON.stringify(stable(object)));
}

const moving = new Set(['handle', 'packets', 'bytes', 'expires', 'used', 'cacheinfo', 'age']);

export function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (moving.has(key) ? [] : [[key, stable(inner)]])),
  );
}

function withoutCounts(saved: string): string {
  return saved.replace(/^#.*\n/gm, '').replace(/\[\d+:\d+\]/g, '');
}

/** Whether each interface is on, and how large its packets may be. */
function linksOf(json: string): string[] {
  const links = JSON.parse(json) as { ifname: string; flags: string[]; mtu: number }[];
  return links.map(({ ifname, flags, mtu }) => `${ifname} ${flags.includes('UP') ? 'up' : 'down'} ${mtu}`);
}

/** Every file's rights and a digest of its bytes. */
export function treeOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const file = path.join(directory, name);
      const { mode, uid, gid, ...stat } = lstatSync(file);
      const rights = `${name} ${mode.toString(8)} ${uid}:${gid}`;
      if (lstatSync(file).isSymbolicLink()) return `${rights} -> ${readlinkSync(file)}`;
      return lstatSync(file).isFile()
        ? `${rights} ${createHash('sha256').update(readFileSync(file)).digest('hex')} ${stat.size}`
        : rights;
    });
}

/** Lines that are in one of two states only. */
export function differing(before: string, after: string): string {
  const [one, two] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const gone = [...one].filter((line) => !two.has(line)).map((line) => `- ${line}`);
  const come = [...two].filter((line) => !one.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].join('\n').slice(0, 3000) || 'the same lines in another order';
}

export function writeEtc(device: Device, name: string, content: string, mode = 0o644): void {
  writeFileSync(device.etc(name), content);
  chmodSync(device.etc(name), mode);
  chownSync(device.etc(name), 0, 0);
}
