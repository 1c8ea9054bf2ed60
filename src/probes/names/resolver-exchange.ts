/** Carries DNS messages over the System's sockets. */
import type { Duplex } from 'node:stream';
import type { Failure, FailureCode } from '../../model/failure.js';
import type { DatagramResult, System } from '../../model/system.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome, IcmpError, Reply } from '../dns/datagram-exchange.js';
import { firstTcpMessage, frameForTcp } from '../dns/tcp-frame.js';

export interface ResolverExchange {
  readonly io: DatagramExchange;
  /** The failure behind the code that an outcome carries, as the System classified it. */
  failureOf(code: string): Failure<'exchange'>;
}

const MAX_TCP_BYTES = 0xffff + 2;

/** The parts of a System that carry them. */
export type Carriers = Pick<System, 'sockets' | 'clock' | 'random'>;

export function resolverExchange(system: Carriers, networkInterface: string | null): ResolverExchange {
  const seen = new Map<string, Failure<'exchange'>>();
  const failedWith = (failure: Failure, ms: number, icmp: IcmpError | undefined): ExchangeOutcome => {
    if (failure.code === 'timed-out') return { outcome: 'timed-out', ms };
    const code = failure.from === undefined ? failure.raw : `${failure.raw} ${failure.from}`;
    seen.set(code, { ...failure, operation: 'exchange', code: exchangeCode(failure) });
    return { outcome: 'failed', code, ms, ...(icmp && { icmp }) };
  };
  const io: DatagramExchange = {
    async udp(server, payload, timeoutMs, signal, accept) {
      const reply = (bytes: Uint8Array): Reply => ({
        outcome: 'reply',
        from: server,
        bytes,
        ms: system.clock.now() - begun,
      });
      const begun = system.clock.now();
      const result = await system.sockets.datagram(
        {
          ...server,
          payload,
          timeoutMs,
          interface: networkInterface,
          ...(accept && { accept: (bytes) => accept(reply(bytes)) }),
        },
        signal,
      );
      if (result.outcome !== 'reply') return failedWith(result.outcome, result.ms, firstIcmp(result));
      return { outcome: 'reply', from: server, bytes: result.bytes ?? new Uint8Array(), ms: result.ms };
    },
    async tcp(server, payload, timeoutMs, signal) {
      const begun = system.clock.now();
      const elapsed = (): number => system.clock.now() - begun;
      const dialled = await system.sockets.dial({ ...server, timeoutMs, interface: networkInterface }, signal).done;
      if (!dialled.stream) {
        const failure = dialled.failure ?? { operation: 'connect', code: 'failed', raw: 'no connection' };
        return failedWith(failure, elapsed(), firstIcmp(dialled));
      }
      return overStream(dialled.stream, {
        system,
        server,
        payload,
        timeoutMs: timeoutMs - elapsed(),
        signal,
        failedWith,
        elapsed,
      });
    },
  };
  return { io, failureOf: (code) => seen.get(code) ?? { operation: 'exchange', code: 'failed', raw: code } };
}

/** 16 random bits (RFC 5452). */
export function queryId(system: Carriers): number {
  const [high = 0, low = 0] = system.random(2);
  return high * 256 + low;
}

function firstIcmp({ icmp }: Pick<DatagramResult, 'icmp'>): IcmpError | undefined {
  const first = icmp?.[0];
  return first && { type: first.type, code: first.code, from: first.from };
}

/** Codes of datagrams are codes of exchanges too; of those of connect() the rest is a refusal or something else. */
function exchangeCode({ code }: Failure): FailureCode<'exchange'> {
  switch (code) {
    case 'refused':
    case 'reset':
      return 'refused';
    case 'host-unreachable':
    case 'network-unreachable':
    case 'prohibited':
    case 'not-permitted':
      return code;
    default:
      return 'failed';
  }
}

interface StreamExchange {
  readonly system: Carriers;
  readonly server: Endpoint;
  readonly payload: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly failedWith: (failure: Failure, ms: number, icmp: undefined) => ExchangeOutcome;
  readonly elapsed: () => number;
}

/** One message out and one back, on a connection that is open; it is closed afterwards. */
export async function overStream(
  stream: Duplex,
  { system, server, payload, timeoutMs, signal, failedWith, elapsed }: StreamExchange,
): Promise<ExchangeOutcome> {
  const over = new AbortController();
  const answer = new Promise<ExchangeOutcome>((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    stream.on('data', (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
      const bytes = size >= 2 ? firstTcpMessage(Buffer.concat(pieces)) : null;
      if (bytes) resolve({ outcome: 'reply', from: server, bytes: Uint8Array.from(bytes), ms: elapsed() });
      else if (size > MAX_TCP_BYTES) stream.destroy();
    });
    const closed = (raw: string): void =>
      resolve(failedWith({ operation: 'connect', code: 'reset', raw }, elapsed(), undefined));
    stream.on('error', (error: NodeJS.ErrnoException) => closed(error.code ?? 'error'));
    stream.once('close', () => closed('closed'));
    stream.once('end', () => closed('closed'));
    stream.write(frameForTcp(payload));
  });
  const silence = system.clock
    .sleep(Math.max(0, timeoutMs), AbortSignal.any([signal, over.signal]))
    .then((): ExchangeOutcome => ({ outcome: 'timed-out', ms: elapsed() }));
  try {
    return await Promise.race([answer, silence]);
  } finally {
    over.abort();
    stream.destroy();
  }
}
