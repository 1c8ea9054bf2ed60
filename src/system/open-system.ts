import type { Links } from '../model/links.js';
import type { KernelTables } from '../model/kernel-tables.js';
import type { Around, Files, Identity, Policies, Sockets, System, Tracer } from '../model/system.js';
import type { TrustStore } from '../model/trust-store.js';
import { realClock } from './clock.js';
import { realFiles } from './files.js';
import { identityOf, isRoot } from './identity.js';
import type { SocketOwner } from './linux/socket-owner.js';
import type { Within } from './linux/kernel.js';
import type { Networks } from './linux/around.js';
import type { LinuxSockets } from './linux/sockets.js';
import { type Asked, systemLookup } from './lookup.js';
import { type Run, runnerFor } from './run.js';

export interface OpenOptions {
  /** As whom sockets are opened: under sudo, the user who called. Only root can. */
  readonly asUser?: SocketOwner | null;
  /** A number that all packets of this program bear, for rules to know them by. Only root can. */
  readonly mark?: number;
  /** A name that was asked for already: its lookup takes as long as all the rest of the start. */
  readonly ahead?: Asked | null;
  /** What is taken from another program instead of this process. */
  readonly place?: Place;
}

/** Where a program stands that this process does not share. Its network is entered before, by the whole process. */
export interface Place {
  /** Its root directory, open; and files beyond the usual ones that are its own. */
  readonly root?: { readonly fd: number; readonly extra: readonly string[] };
  /** Its control group, such as `/system.slice/app.service`, and how sockets are made in it. */
  readonly cgroup?: { readonly name: string; readonly within: Within };
  /** Where this process has come from, and which network it has gone into. */
  readonly networks?: Networks;
  /** All that it has of an environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Asks its own resolvers; the C library would ask ours. */
  readonly lookup?: (parts: Pick<System, 'files' | 'sockets' | 'clock' | 'random'>) => System['lookup'];
  /** Why what hop limits and the counters of sockets show there is no word of the way. */
  readonly relayed?: string;
}

/** The real operating system. Sockets by system calls where they are to be had; else Node's own, and the reason. */
export async function openSystem(options: OpenOptions = {}): Promise<System> {
  const root = isRoot();
  const owner = root ? (options.asUser ?? null) : null;
  const { place } = options;
  const opened = await openSockets(owner, place, root ? options.mark : undefined);
  const who = identityOf(owner);
  const identity: Identity =
    opened.reason === null ? { ...who, sockets: 'ffi' } : { ...who, sockets: 'plain', reason: opened.reason };
  const variables = place?.environment ?? process.env;
  const environment = (name: string): string | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined;
  const files = await filesOf(place, opened.linux);
  const random = (length: number): Uint8Array =>
    // node:crypto costs 2 ms to load: only when it is used.
    new Uint8Array(process.getBuiltinModule('node:crypto').randomBytes(length));
  let trust: Promise<TrustStore> | null = null;
  const run = runnerFor(root, process.env);
  const around = await aroundPlace(place, opened.linux, who.privileges);
  return {
    platform: process.platform,
    identity,
    clock: realClock,
    sockets: opened.sockets,
    files,
    run,
    ...(opened.linux && { tables: lazyTables(opened.linux), watchNetwork: lazyWatch(opened.linux) }),
    ...(opened.linux && { mayRun: lazyMayRun(opened.linux, owner, run) }),
    ...(opened.linux && root && { policies: lazyPolicies(opened.linux, owner, place) }),
    ...(opened.linux && who.privileges.includes('net-raw') && { links: lazyLinks(opened.linux) }),
    environment,
    tracer: opened.linux && who.privileges.includes('net-admin') ? lazyTracer(opened.linux, place) : null,
    lookup:
      place?.lookup?.({ files, sockets: opened.sockets, clock: realClock, random }) ?? systemLookup(options.ahead),
    ...(around && { around }),
    random,
    browse: async (request, signal) => (await import('./browse.js')).browse(request, signal),
    evaluatePac: async (question, signal) => (await import('./pac.js')).evaluatePac(question, signal),
    scanByRules: async (question, signal) => (await import('./yara.js')).scanByRules(question, signal),
    trustedCertificates: () =>
      (trust ??= import('./trust.js').then(({ readTrustStore }) => readTrustStore(files, environment))),
  };
}

interface OpenedSockets {
  readonly sockets: Sockets;
  /** Null where there are no system calls. */
  readonly linux: LinuxSockets | null;
  /** Why Node's own sockets serve; null where they do not. */
  readonly reason: string | null;
}

async function filesOf(place: Place | undefined, linux: LinuxSockets | null): Promise<Files> {
  if (!place?.root || linux === null) return realFiles;
  const { rootedFiles } = await import('./linux/rooted-files.js');
  return rootedFiles(realFiles, linux.kernel.libc, place.root.fd, place.root.extra);
}

async function aroundPlace(
  place: Place | undefined,
  linux: LinuxSockets | null,
  privileges: readonly string[],
): Promise<Around | null> {
  if (!place?.networks || linux === null || !privileges.includes('net-admin')) return null;
  const { aroundOf } = await import('./linux/around.js');
  return aroundOf(linux, place.networks);
}

function lazyPolicies({ kernel, readiness }: LinuxSockets, owner: SocketOwner | null, place?: Place): Policies {
  const load = () => import('./linux/policies.js');
  return {
    group: async () => (await load()).groupOfSockets(place?.cgroup?.name ?? null),
    ofGroup: async (group) => (await load()).programsOfGroup(kernel.libc, group),
    ofInterface: async (index) => (await load()).programsOfInterface(kernel.libc, index),
    areForInterfaces: async () => (await load()).areForInterfacesLoaded(kernel.libc),
    rootSockets: async () => (await load()).rootGroupSockets(kernel.libc, readiness, owner),
  };
}

/** Asked of few programs: nothing of it is loaded before. */
function lazyMayRun({ kernel }: LinuxSockets, owner: SocketOwner | null, run: Run): (path: string) => Promise<string> {
  return async (path) => {
    const { mayRun, opensInTime } = await import('./linux/may-run.js');
    return (await opensInTime(path, run)) ? mayRun(kernel.libc, owner)(path) : 'timed-out';
  };
}

async function openSockets(owner: SocketOwner | null, place?: Place, mark?: number): Promise<OpenedSockets> {
  const plain = async (reason: string, linux: LinuxSockets | null = null): Promise<OpenedSockets> => {
    const { plainSockets } = await import('./plain/sockets.js');
    return { sockets: plainSockets, linux, reason };
  };
  if (process.env['WHOBLOCKED_NO_FFI'] === '1') return plain('WHOBLOCKED_NO_FFI is set');
  if (process.platform !== 'linux') return plain(`no system calls on ${process.platform}`);
  const { linuxSockets } = await import('./linux/sockets.js');
  const linux = linuxSockets(owner, place?.cgroup?.within, mark);
  if (typeof linux === 'string') return plain(linux);
  return place?.relayed === undefined ? { sockets: linux.sockets, linux, reason: null } : plain(place.relayed, linux);
}

function lazyTables({ kernel }: LinuxSockets): KernelTables {
  const load = async (): Promise<KernelTables> =>
    (await import('./linux/tables/kernel-tables.js')).kernelTables(kernel);
  return {
    ask: async (family, command) => (await load()).ask(family, command),
    listening: async () => (await load()).listening(),
    listeningOf: async (pid) => (await load()).listeningOf(pid),
  };
}

function lazyWatch({ kernel, readiness }: LinuxSockets): NonNullable<System['watchNetwork']> {
  return async (onChange, signal) => {
    const { watchNetwork } = await import('./linux/tables/watch-network.js');
    return watchNetwork(kernel, readiness, onChange, signal);
  };
}

function lazyLinks({ kernel, readiness }: LinuxSockets): Links {
  const load = async (): Promise<Links> => (await import('./linux/link/links.js')).linuxLinks(kernel, readiness);
  return {
    whoHas: async (question, signal) => (await load()).whoHas(question, signal),
    knock: async (request, signal) => (await load()).knock(request, signal),
    leaving: async (question, signal) => (await load()).leaving(question, signal),
    answers: async (address, signal, ready) => (await load()).answers(address, signal, ready),
    routersSay: async (question, signal) => (await load()).routersSay(question, signal),
  };
}

function lazyTracer({ kernel, readiness }: LinuxSockets, place?: Place): Tracer {
  return {
    open: async (signal) => {
      const { nftTracer } = await import('./linux/trace/tracer.js');
      return nftTracer(kernel, readiness, place?.cgroup?.name ?? null).open(signal);
    },
  };
}
