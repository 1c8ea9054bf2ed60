// One small internet: built, broken by a scenario, taken down again whatever happens.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attachProgram, unifiedGroups } from './bpf.js';
import type { Certificates } from '../services/certificates.js';
import type { ServeRequest, Service, Services } from '../services/description.js';
import { writeDeviceFiles, type DeviceFiles } from './device-files.js';
import type { RulePlace } from './handles.js';
import { newWorldName } from './names.js';
import { killGroup, must, run, until } from './process.js';
import { forbid, makeGroup } from './control-groups.js';
import type { GroupStep } from './steps.js';
import { containerGroups } from './places.js';
import { removeDeviceFiles, removeNamespaces } from './sweep.js';
import type { NeighbourStep } from './steps.js';
import { USUAL, type Guest, type Machine, type Topology } from './topology.js';

export interface WorldPlan {
  /** The scenarios' usual one when left out. */
  topology?: Topology;
  services: Partial<Record<Machine, Services>>;
  files?: DeviceFiles;
  certificates: Certificates;
  /** Program and arguments that start the serving process. */
  server: readonly [string, ...string[]];
}

const live = new Set<World>();
/** `ip netns add` of two worlds at once can race in setting up /run/netns. */
let adding: Promise<unknown> = Promise.resolve();

function interfacesOf({ links }: Topology, machine: Machine): { name: string; end: 1 | 2 }[] {
  return links.flatMap(([a, ifa, b, ifb]) => [
    ...(a === machine ? [{ name: ifa, end: 1 as const }] : []),
    ...(b === machine ? [{ name: ifb, end: 2 as const }] : []),
  ]);
}

/**
 * Link-local addresses are set by hand: one that the kernel makes itself is tentative for some milliseconds even
 * without DAD, and a router with a tentative one loses its first ICMPv6 errors (measured).
 */
function addressLines(topology: Topology, machine: Machine): string[] {
  const interfaces = interfacesOf(topology, machine);
  return [
    'link set lo up',
    ...interfaces.map(({ name }) => `link set ${name} addrgenmode none`),
    ...interfaces.map(({ name, end }) => `addr add fe80::${end}/64 dev ${name} nodad`),
    ...(topology.addresses[machine] ?? []).map(
      ([name, address]) => `addr add ${address} dev ${name}${address.includes(':') ? ' nodad' : ''}`,
    ),
    ...interfaces.map(({ name }) => `link set ${name} up`),
    ...(topology.routes[machine] ?? []).map((route) => `route add ${route}`),
  ];
}

export class World {
  readonly name = newWorldName();
  readonly state = path.join(tmpdir(), this.name);
  /** Places of labelled rules, as the kernel numbered them. */
  readonly rules = new Map<string, RulePlace>();
  readonly topology: Topology;
  /** Labelled processes, and directories of control groups. */
  readonly pids = new Map<string, number>();
  readonly groups = new Map<string, string>();
  readonly #plan: WorldPlan;
  readonly #children: ChildProcess[] = [];
  readonly #afterwards: (() => void)[] = [];
  /** Processes of a program of the world's that have left its family. */
  readonly adopted = new Set<number>();
  readonly #guests: Machine[] = [];
  #gone = false;

  private constructor(plan: WorldPlan) {
    this.#plan = plan;
    this.topology = plan.topology ?? USUAL;
  }

  /** Builds the world and waits until every service listens. */
  static async build(plan: WorldPlan): Promise<World> {
    const world = new World(plan);
    live.add(world);
    try {
      await world.#build();
      return world;
    } catch (error) {
      await world.remove();
      throw error;
    }
  }

  namespace(machine: Machine): string {
    return `${this.name}-${machine}`;
  }

  get #namespaces(): string[] {
    return this.topology.machines.concat(this.#guests).map((machine) => this.namespace(machine));
  }

  /** Program and arguments that run something inside a machine's network, as the last arguments of run() and must(). */
  inside(machine: Machine, program: string, ...args: string[]): [string, string[]] {
    return ['nsenter', [`--net=/run/netns/${this.namespace(machine)}`, '--', program, ...args]];
  }

  /** Process ids of everything that the world itself runs. */
  get processes(): number[] {
    return this.#children.flatMap((child) => (child.pid === undefined ? [] : [child.pid]));
  }

  async #build(): Promise<void> {
    const { machines, links, settings } = this.topology;
    mkdirSync(this.state, { recursive: true, mode: 0o755 });
    writeDeviceFiles(this.namespace('device'), this.#plan.files ?? {});
    const add = machines.map((machine) => `netns add ${this.namespace(machine)}\n`).join('');
    const added = adding.then(() => must('ip', ['-batch', '-'], { input: add }));
    adding = added.catch(() => undefined);
    await added;
    await Promise.all(
      machines.map((machine) => must(...this.inside(machine, 'sysctl', '-q', '-w', ...settings(machine)))),
    );
    // The two ends need different indices: where they are equal the kernel takes the cable for an ordinary device and
    // may leave it without a queue for up to a second (net/core/link_watch.c, linkwatch_urgent_event).
    const cables = links.map(
      ([a, ifa, b, ifb], position) =>
        `link add name ${ifa} index ${10 + 2 * position} netns ${this.namespace(a)} type veth peer name ${ifb} index ${11 + 2 * position} netns ${this.namespace(b)}\n`,
    );
    await must('ip', ['-batch', '-'], { input: cables.join('') });
    await Promise.all(
      machines.map((machine) =>
        must('ip', ['-n', this.namespace(machine), '-batch', '-'], {
          input: `${addressLines(this.topology, machine).join('\n')}\n`,
        }),
      ),
    );
    await Promise.all(
      Object.entries(this.#plan.services).map(([machine, services]) => this.#serve(machine as Machine, services)),
    );
  }

  /** Another device on the cable between the device and its router, with an address of its own on it (macvlan). */
  async addNeighbour({ on, addresses, mac, services, bridge }: NeighbourStep): Promise<void> {
    this.#guests.push(on);
    const name = this.namespace(on);
    const added = adding.then(() => must('ip', ['netns', 'add', name]));
    adding = added.catch(() => undefined);
    await added;
    await must(...this.inside(on, 'sysctl', '-q', '-w', ...this.topology.settings(on)));
    if (bridge) {
      await this.#attach(on, addresses, bridge);
      return this.#serve(on, services ?? []);
    }
    const link = `link add link lan name ${on} ${mac === undefined ? '' : `address ${mac} `}netns ${name} type macvlan mode bridge`;
    await must('ip', ['-n', this.namespace('home'), '-batch', '-'], { input: `${link}\n` });
    const lines = [
      'link set lo up',
      `link set ${on} up`,
      ...addresses.map((one) => `addr add ${one} dev ${on}${one.includes(':') ? ' nodad' : ''}`),
    ];
    await must('ip', ['-n', name, '-batch', '-'], { input: `${lines.join('\n')}\n` });
    await this.#serve(on, services ?? []);
  }

  /** By a pair of interfaces on a bridge of the device, as engines of containers do it. */
  async #attach(on: Guest, addresses: readonly string[], bridge: { name: string; address: string }): Promise<void> {
    const device = this.namespace('device');
    const there = await run('ip', ['-n', device, 'link', 'show', bridge.name]);
    const made = [
      `link add name ${bridge.name} type bridge`,
      `addr add ${bridge.address} dev ${bridge.name}${bridge.address.includes(':') ? ' nodad' : ''}`,
      `link set ${bridge.name} up`,
    ];
    const lines = [
      ...(there.code === 0 ? [] : made),
      `link add name veth-${on} type veth peer name eth0 netns ${this.namespace(on)}`,
      `link set veth-${on} master ${bridge.name}`,
      `link set veth-${on} up`,
    ];
    await must('ip', ['-n', device, '-batch', '-'], { input: `${lines.join('\n')}\n` });
    const inside = [
      'link set lo up',
      'link set eth0 up',
      ...addresses.map((one) => `addr add ${one} dev eth0${one.includes(':') ? ' nodad' : ''}`),
      `route add default via ${bridge.address.replace(/\/.*$/, '')}`,
    ];
    await must('ip', ['-n', this.namespace(on), '-batch', '-'], { input: `${inside.join('\n')}\n` });
  }

  async #serve(machine: Machine, services: Services): Promise<void> {
    if (services.length === 0) return;
    const request: ServeRequest = {
      services: await Promise.all(
        services.map(async (service: Service) => {
          const tls = service.kind === 'https' || service.kind === 'dns' ? service.tls : undefined;
          return tls ? { service, certificate: await this.#plan.certificates.make(tls) } : { service };
        }),
      ),
    };
    const [program, ...args] = this.#plan.server;
    const child = this.#start(machine, program, args);
    child.stdin?.write(`${JSON.stringify(request)}\n`);
    await this.#ready(child, `services of ${machine}`);
  }

  /** Node, and the program that this world was made by: under other words it is whatever a machine of the lab runs. */
  get program(): readonly [string, string] {
    const [node, program = ''] = this.#plan.server;
    return [node, program];
  }

  #start(machine: Machine, program: string, args: readonly string[]): ChildProcess {
    // The death signal ends a daemon with the lab even when the lab is killed; Node's end of input does the same.
    const [enter, entered] = this.inside(machine, 'setpriv', '--pdeathsig', 'KILL', program, ...args);
    const child = spawn(enter, entered, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin?.on('error', () => undefined);
    this.#children.push(child);
    return child;
  }

  #ready(child: ChildProcess, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      let errors = '';
      const timer = setTimeout(() => reject(new Error(`${what}: not ready after 10 s: ${errors}`)), 10_000);
      child.stderr?.on('data', (chunk: Buffer) => {
        if (errors.length < 4000) errors += chunk.toString('utf8');
      });
      child.stdout?.on('data', (chunk: Buffer) => {
        if (!chunk.includes('ready')) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`${what}: ended with ${code}: ${errors}`));
      });
    });
  }

  /** Done when the world is gone; that it fails is borne. */
  afterwards(work: () => void): void {
    this.#afterwards.push(work);
  }

  #tidy(): void {
    for (const work of this.#afterwards.splice(0)) {
      try {
        work();
      } catch {
        // a process in it may be dying still
      }
    }
  }

  /** Starts any program in a machine's network; it ends with the world. */
  startProgram(machine: Machine, program: string, args: readonly string[]): ChildProcess {
    return this.#start(machine, program, args);
  }

  /** Starts a real server program and waits until it has the port, UDP. */
  async startDaemon(machine: Machine, program: string, args: readonly string[], port = 53): Promise<void> {
    const child = this.#start(machine, program, args);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8').slice(0, 2000)));
    child.stdout?.resume();
    const listens = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`${program}: ended with ${child.exitCode}: ${said}`);
      return (await run(...this.inside(machine, 'ss', '-Hnlu', `sport = :${port}`))).stdout.trim() !== '';
    };
    if (!(await until(listens, 5000, 10))) throw new Error(`${program}: does not listen on ${port} after 5 s: ${said}`);
  }

  async startUnbound(machine: Machine, config: string): Promise<void> {
    const file = path.join(this.state, `unbound-${machine}.conf`);
    writeFileSync(
      file,
      `server:\n  username: ""\n  chroot: ""\n  directory: "${this.state}"\n  pidfile: ""\n  use-syslog: no\n  interface: 0.0.0.0\n  interface: ::0\n  access-control: 0.0.0.0/0 allow\n  access-control: ::/0 allow\n${config}\n`,
    );
    await this.startDaemon(machine, 'unbound', ['-d', '-c', file]);
  }

  /** Makes a control group of the world's own, unless it is there, and forbids in it what the step says. */
  makeGroup({ group, forbids }: GroupStep): void {
    let directory = this.groups.get(group);
    if (directory === undefined) {
      const made = makeGroup(`${this.name}.slice`, group);
      ({ directory } = made);
      this.groups.set(group, directory);
      this.#afterwards.push(made.remove);
    }
    if (forbids) this.#afterwards.unshift(forbid(directory, forbids.hook, forbids.name));
  }

  /** Program and first arguments that run the rest in a control group. The shell's text is fixed. */
  inGroup(group: string): string[] {
    const directory = this.groups.get(group);
    if (directory === undefined) throw new Error(`no control group ${group}`);
    return ['sh', '-c', 'echo $$ > "$0" && exec "$@"', `${directory}/cgroup.procs`];
  }

  /** Puts the programs of a machine into a control group of the name that Docker gives with systemd. */
  async contain(machine: Machine): Promise<void> {
    const root = containerGroups();
    if (root === null) throw new Error('no control group can be made here');
    const group = path.join(root, `docker-${randomBytes(32).toString('hex')}.scope`);
    mkdirSync(group);
    this.#afterwards.push(() => rmdirSync(group));
    const pids = (await must('ip', ['netns', 'pids', this.namespace(machine)])).split('\n').filter((pid) => pid !== '');
    for (const pid of pids) writeFileSync(path.join(group, 'cgroup.procs'), pid);
  }

  /** The control group in which the command is to run; null: that of the lab. */
  group: string | null = null;

  confine(policy: { readonly sends?: boolean; readonly receives?: boolean }): void {
    const root = unifiedGroups();
    if (root === null) throw new Error('there are no control groups of version 2 here');
    const group = path.join(root, this.name);
    mkdirSync(group);
    this.#afterwards.push(() => rmdirSync(group));
    if (policy.sends !== undefined) attachProgram(group, 'egress', policy.sends);
    if (policy.receives !== undefined) attachProgram(group, 'ingress', policy.receives);
    this.group = group;
  }

  /** Processes in a machine that the world did not start. */
  async strangers(machine: Machine): Promise<number[]> {
    const own = new Set([...this.processes, ...this.adopted]);
    const pids = (await run('ip', ['netns', 'pids', this.namespace(machine)])).stdout.split('\n').map(Number);
    return pids.filter((pid) => pid > 0 && !descends(pid, own));
  }

  async remove(): Promise<void> {
    if (this.#gone) return;
    this.#gone = true;
    const ended = this.#children.map((child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
      const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      killGroup(child);
      return exit;
    });
    await Promise.all(ended);
    await removeNamespaces(this.#namespaces);
    removeDeviceFiles(this.#namespaces);
    rmSync(this.state, { recursive: true, force: true });
    this.#tidy();
    live.delete(this);
  }

  /** The same without waiting, for the end of the process. */
  removeNow(): void {
    for (const child of this.#children) killGroup(child);
    spawnSync('ip', ['-force', '-batch', '-'], {
      input: this.#namespaces.map((namespace) => `netns del ${namespace}\n`).join(''),
    });
    removeDeviceFiles(this.#namespaces);
    rmSync(this.state, { recursive: true, force: true });
    this.#tidy();
    live.delete(this);
  }
}

/** Takes every world down when the process ends, however it ends (SIGKILL excepted: the next run sweeps). */
export function removeWorldsAtExit(alsoRemove: () => void): void {
  const removeAll = (): void => {
    for (const world of live) world.removeNow();
    alsoRemove();
  };
  process.once('exit', removeAll);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}

/** One of the ancestors started it: servers have processes of their own. */
function descends(pid: number, ancestors: ReadonlySet<number>): boolean {
  for (let at = pid, steps = 0; at > 1 && steps < 32; steps++) {
    if (ancestors.has(at)) return true;
    try {
      // The name before it may hold anything, parentheses too (proc(5)).
      at = Number(/\) \S (\d+) [^)]*$/.exec(readFileSync(`/proc/${at}/stat`, 'latin1'))?.[1] ?? 0);
    } catch {
      return true; // it has ended meanwhile
    }
  }
  return false;
}
