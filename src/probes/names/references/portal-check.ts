import { unbracketed } from '../../../model/address.js';
import type { Duplex } from 'node:stream';
import type { ReferenceTry } from '../../../model/facts.js';
import type { Failure } from '../../../model/failure.js';
import type { Context } from '../../../model/gatherer.js';
import { loginPageIn } from '../../../model/login-page.js';
import type { Settings } from '../../../model/settings.js';
import { type HttpAnswer, parseHttpAnswer } from './http-answer.js';

export type PortalCheck = Settings['references']['portalChecks'][number];

const MAX_BYTES = 16 * 1024;
const MAX_SAYS = 300;

/** The parts of a check's URL; null for what is no plain http URL: a portal could not show itself in anything else. */
export function checkUrl({ url }: PortalCheck): { host: string; port: number; path: string; authority: string } | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'http:') return null;
  const host = unbracketed(parsed.hostname);
  return { host, port: Number(parsed.port || 80), path: `${parsed.pathname}${parsed.search}`, authority: parsed.host };
}

/** One GET, without anything that tells who asks. An answer other than the expected one is what a portal gives. */
export async function tryPortal(
  check: PortalCheck,
  address: string,
  timeoutMs: number,
  { system, options }: Pick<Context, 'system' | 'options'>,
  signal: AbortSignal,
): Promise<ReferenceTry> {
  const begun = system.clock.now();
  const url = checkUrl(check);
  const port = url?.port ?? 80;
  const base = { kind: 'portal', name: check.url, address, port } as const;
  const elapsed = (): number => system.clock.now() - begun;
  if (!url)
    return {
      ...base,
      ok: false,
      failure: { operation: 'http', code: 'not-http', raw: 'the check is no http URL' },
      ms: 0,
    };
  const { stream, failure } = await system.sockets.dial(
    { address, port, timeoutMs, interface: options.interface },
    signal,
  ).done;
  if (!stream) return { ...base, ok: false, ...(failure && { failure }), ms: elapsed() };
  const answer = await Promise.race([
    exchange(
      stream,
      `GET ${url.path} HTTP/1.1\r\nHost: ${url.authority}\r\nAccept: */*\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n`,
    ),
    system.clock
      .sleep(Math.max(0, timeoutMs - elapsed()), signal)
      .then((): Failure => ({ operation: 'http', code: 'timed-out', raw: 'timeout' })),
  ]);
  stream.destroy();
  if ('operation' in answer) return { ...base, ok: false, failure: answer, ms: elapsed() };
  const ok = answer.status === check.status && answer.body.trim() === check.body.trim();
  const leadsTo = ok || answer.location !== null ? null : loginPageIn(answer.body, check.url);
  return {
    ...base,
    ok,
    status: answer.status,
    says: (answer.location ?? answer.body).slice(0, MAX_SAYS),
    ...(leadsTo !== null && { leadsTo }),
    ms: elapsed(),
  };
}

function exchange(stream: Duplex, request: string): Promise<HttpAnswer | Failure> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const read = (ended: boolean): void => {
      const answer = parseHttpAnswer(bytes, ended);
      if (answer === 'not-http')
        resolve({
          operation: 'http',
          code: bytes.length === 0 ? 'closed' : 'not-http',
          raw: bytes.toString('latin1', 0, 80),
        });
      else if (answer) resolve(answer);
    };
    stream.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece.subarray(0, MAX_BYTES - bytes.length)]);
      read(bytes.length === MAX_BYTES);
    });
    stream.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ operation: 'http', code: 'reset', raw: error.code ?? 'error' }),
    );
    stream.once('end', () => read(true));
    stream.once('close', () => read(true));
    stream.write(request);
  });
}
