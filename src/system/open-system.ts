import { randomBytes } from 'node:crypto';
import type { Identity, Sockets, System, TrustStore } from '../model/system.js';
import { realClock } from './clock.js';
import { realFiles } from './files.js';
import { identityOf } from './identity.js';
import type { SocketOwner } from './linux/kernel.js';
import type { Libc } from './linux/libc.js';
import { systemLookup } from './lookup.js';
import { runnerFor } from './run.js';

export interface OpenOptions {
  /** As whom sockets are opened: under sudo, the user who called. Only root can. */
  readonly asUser?: SocketOwner | null;
}

/** The real operating system. Sockets by system calls where they are to be had; else Node's own, and the reason. */
export async function openSystem(options: OpenOptions = {}): Promise<System> {
  const root = process.geteuid?.() === 0;
  const owner = root ? (options.asUser ?? null) : null;
  const { sockets, reason } = await openSockets(owner);
  const identity: Identity = {
    ...identityOf(owner?.uid ?? null),
    sockets: reason === null ? 'ffi' : 'plain',
    ...(reason !== null && { reason }),
  };
  const environment = (name: string): string | undefined => process.env[name];
  let trust: Promise<TrustStore> | null = null;
  return {
    platform: process.platform,
    identity,
    clock: realClock,
    sockets,
    files: realFiles,
    run: runnerFor(root, process.env),
    environment,
    tracer: null,
    lookup: systemLookup,
    random: (length) => new Uint8Array(randomBytes(length)),
    trustedCertificates: () =>
      (trust ??= import('./trust.js').then(({ readTrustStore }) => readTrustStore(realFiles, environment))),
  };
}

interface OpenedSockets {
  readonly sockets: Sockets;
  readonly libc: Libc | null;
  readonly reason: string | null;
}

async function openSockets(owner: SocketOwner | null): Promise<OpenedSockets> {
  const plain = async (reason: string): Promise<OpenedSockets> => {
    const { plainSockets } = await import('./plain/sockets.js');
    return { sockets: plainSockets, libc: null, reason };
  };
  if (process.env['WHOBLOCKED_NO_FFI'] === '1') return plain('WHOBLOCKED_NO_FFI is set');
  if (process.platform !== 'linux') return plain(`not built for ${process.platform}`);
  const { linuxSockets } = await import('./linux/sockets.js');
  const opened = linuxSockets(owner);
  return typeof opened === 'string' ? plain(opened) : { ...opened, reason: null };
}
