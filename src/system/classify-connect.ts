import type { IcmpError } from '../model/facts.js';
import type { Failure, FailureCode } from '../model/failure.js';

/** An entry of a socket's error queue, with the errno that it was turned into. */
export interface QueuedError extends IcmpError {
  readonly errno: string;
  /** When it came in by the kernel's clock, in nanoseconds since 1970, where that was asked for. */
  readonly cameAt?: bigint | null;
}

/** errno(7) names; what ICMP turns into which is icmp_err_convert (net/ipv4/icmp.c) and icmpv6_err_convert. */
const connectCodes: Readonly<Record<string, FailureCode<'connect'>>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENONET: 'host-unreachable',
  ENETUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EACCES: 'prohibited',
  EPERM: 'not-permitted',
  EINVAL: 'invalid-route',
  ENOPROTOOPT: 'protocol-unreachable',
  EADDRNOTAVAIL: 'no-local-address',
  EADDRINUSE: 'no-local-address',
  ECONNABORTED: 'aborted',
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
  ENOBUFS: 'no-buffers',
  ENOMEM: 'no-buffers',
  EAFNOSUPPORT: 'family-unsupported',
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
};

const datagramCodes: Readonly<Record<string, FailureCode<'datagram'>>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENONET: 'host-unreachable',
  ENETUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EACCES: 'prohibited',
  EPERM: 'not-permitted',
};

/**
 * The failure that an errno of connect() means. When an ICMP error brought it about, `from` is that error's sender and
 * `raw` names its type and code too.
 */
export function connectFailure(errno: string, queue: readonly QueuedError[] = []): Failure<'connect'> {
  return { operation: 'connect', code: connectCodes[errno] ?? 'failed', ...origin(errno, queue) };
}

export function datagramFailure(errno: string, queue: readonly QueuedError[] = []): Failure<'datagram'> {
  return { operation: 'datagram', code: datagramCodes[errno] ?? 'failed', ...origin(errno, queue) };
}

/** Nobody said anything until the waiting was ended; `raw` tells by what. */
export function timedOut<O extends 'connect' | 'datagram' | 'resolve'>(
  operation: O,
  raw: 'timeout' | 'aborted' | 'given up',
): { operation: O; code: 'timed-out'; raw: string } {
  return { operation, code: 'timed-out', raw };
}

/** The error as the model has it: without the errno that it was turned into. */
export function withoutErrno({ origin: from, type, code, from: sender }: QueuedError): IcmpError {
  return { origin: from, type, code, from: sender };
}

/** From a packet of ours to the last error about it, by the kernel's clock. Empty where that was not asked for. */
export function heardAfter(queue: readonly QueuedError[], sentNs: bigint): { heardMs?: number } {
  const cameAt = queue.findLast((one) => one.origin !== 'local')?.cameAt;
  return sentNs === 0n || !cameAt ? {} : { heardMs: Number(cameAt - sentNs) / 1e6 };
}

function origin(errno: string, queue: readonly QueuedError[]): { from?: string; raw: string } {
  const said = queue.find((entry) => entry.errno === errno && entry.origin !== 'local');
  if (!said) return { raw: errno };
  const raw = `${errno} ${said.origin} ${said.type}/${said.code}`;
  return said.from === null ? { raw } : { raw, from: said.from };
}
