import type { Links } from '../model/links.js';
import type { Identity, KernelTables, Sockets, System, Tracer, TrustStore } from '../model/system.js';
import { realClock } from './clock.js';
import { realFiles } from './files.js';
import { identityOf } from './identity.js';
import type { SocketOwner } from './linux/socket-owner.js';
import type { LinuxSockets } from './linux/sockets.js';
import { type Asked, systemLookup } from './lookup.js';
import { runnerFor } from './run.js';

export interface OpenOptions {
  /** As whom sockets are opened: under sudo, the user who called. Only root can. */
  readonly asUser?: SocketOwner | null;
  /** A name that was asked for already: its lookup takes as long as all the rest of the start. */
  readonly ahead?: Asked | null;
}

/** The real operating system. Sockets by system calls where they are to be had; else Node's own, and the reason. */
export async function openSystem(options: OpenOptions = {}): Promise<System> {
  const root = process.geteuid?.() === 0;
  const owner = root ? (options.asUser ?? null) : null;
  const opened = await openSockets(owner);
  const who = identityOf(owner?.uid ?? null);
  const identity: Identity =
    opened.linux === null ? { ...who, sockets: 'plain', reason: opened.reason } : { ...who, sockets: 'ffi' };
  const environment = (name: string): string | undefined => process.env[name];
  let trust: Promise<TrustStore> | null = null;
  return {
    platform: process.platform,
    identity,
    clock: realClock,
    sockets: opened.sockets,
    files: realFiles,
    run: runnerFor(root, process.env),
    ...(opened.linux && { tables: lazyTables(opened.linux), watchNetwork: lazyWatch(opened.linux) }),
    ...(opened.linux && who.privileges.includes('net-raw') && { links: lazyLinks(opened.linux) }),
    environment,
    tracer: opened.linux && who.privileges.includes('net-admin') ? lazyTracer(opened.linux) : null,
    lookup: systemLookup(options.ahead),
    browse: async (request, signal) => (await import('./browse.js')).browse(request, signal),
    evaluatePac: async (question, signal) => (await import('./pac.js')).evaluatePac(question, signal),
    // node:crypto costs 2 ms to load: only when it is used.
    random: (length) => new Uint8Array(process.getBuiltinModule('node:crypto').randomBytes(length)),
    trustedCertificates: () =>
      (trust ??= import('./trust.js').then(({ readTrustStore }) => readTrustStore(realFiles, environment))),
  };
}

type OpenedSockets =
  | { readonly sockets: Sockets; readonly linux: LinuxSockets }
  | { readonly sockets: Sockets; readonly linux: null; readonly reason: string };

async function openSockets(owner: SocketOwner | null): Promise<OpenedSockets> {
  const plain = async (reason: string): Promise<OpenedSockets> => {
    const { plainSockets } = await import('./plain/sockets.js');
    return { sockets: plainSockets, linux: null, reason };
  };
  if (process.env['WHOBLOCKED_NO_FFI'] === '1') return plain('WHOBLOCKED_NO_FFI is set');
  if (process.platform !== 'linux') return plain(`no system calls on ${process.platform}`);
  const { linuxSockets } = await import('./linux/sockets.js');
  const linux = linuxSockets(owner);
  return typeof linux === 'string' ? plain(linux) : { sockets: linux.sockets, linux };
}

function lazyTables({ kernel }: LinuxSockets): KernelTables {
  return {
    ask: async (family, command) => {
      const { kernelTables } = await import('./linux/tables/kernel-tables.js');
      return kernelTables(kernel).ask(family, command);
    },
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
  };
}

function lazyTracer({ kernel, readiness }: LinuxSockets): Tracer {
  return {
    open: async (signal) => {
      const { nftTracer } = await import('./linux/trace/tracer.js');
      return nftTracer(kernel, readiness).open(signal);
    },
  };
}
