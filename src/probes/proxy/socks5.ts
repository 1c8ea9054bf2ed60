import type { Duplex } from 'node:stream';
import { bytesOf } from '../../model/address.js';
import type { ProxyServer } from '../../model/proxy-facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { credentialsOf } from '../../model/parse-proxy.js';
import type { Handshake } from './handshake.js';
import { readWhole } from './reader.js';

/**
 * Asks a SOCKS 5 proxy for a connection (RFC 1928), with user name and password where they are given (RFC 1929). The goal
 * is an address, or a name that the proxy itself looks up.
 */
export async function socks5(
  stream: Duplex,
  server: ProxyServer,
  goal: { readonly address: string; readonly port: number },
  timeoutMs: number,
  context: Context,
): Promise<Handshake> {
  const login = credentialsOf(server);
  const methods = login ? [0, 2] : [0];
  stream.write(Uint8Array.from([5, methods.length, ...methods]));
  const chosen = await readWhole(stream, (bytes) => lengthOf(bytes, 5, 2), timeoutMs, context);
  const [version, method] = chosen.bytes;
  if (version !== undefined && version !== 5) return { failure: strange(chosen.bytes) };
  if (chosen.failure) return { failure: chosen.failure };
  if (method === 0xff) return { failure: fault('authentication', login ? 'no method in common' : 'a login is wanted') };
  if (method === 2) {
    const refused = await logIn(stream, login ?? { user: '', password: '' }, timeoutMs, context);
    if (refused) return { failure: refused };
  } else if (method !== 0) {
    return { failure: fault('authentication', `method ${method ?? '?'}`) };
  }
  stream.write(Uint8Array.from([5, 1, 0, ...addressBytes(goal.address), goal.port >> 8, goal.port & 255]));
  const answer = await readWhole(stream, replyLength, timeoutMs, context);
  if (answer.failure) return { failure: answer.failure };
  const reply = answer.bytes[1] ?? 1;
  if (answer.bytes[0] !== 5) return { failure: strange(answer.bytes) };
  return reply === 0
    ? { reply }
    : { reply, failure: fault(codeOf(reply), `reply ${reply}: ${words[reply] ?? 'unknown'}`) };
}

/** RFC 1928, section 6. */
const words: readonly string[] = [
  'succeeded',
  'general failure',
  'not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
];

function codeOf(reply: number): Failure<'proxy'>['code'] {
  return reply === 2 || reply > 6 ? 'refused' : 'upstream-failed';
}

async function logIn(
  stream: Duplex,
  { user, password }: { readonly user: string; readonly password: string },
  timeoutMs: number,
  context: Context,
): Promise<Failure<'proxy'> | null> {
  const [name, secret] = [Buffer.from(user).subarray(0, 255), Buffer.from(password).subarray(0, 255)];
  stream.write(Uint8Array.from([1, name.length, ...name, secret.length, ...secret]));
  const { bytes, failure } = await readWhole(stream, (all) => (all.length >= 2 ? 2 : null), timeoutMs, context);
  // Who dislikes a login may also just hang up (RFC 1929: "MUST close the connection").
  if (failure) return failure.code === 'timed-out' ? failure : fault('authentication', 'closed after the login');
  return bytes[1] === 0 ? null : fault('authentication', `login refused with status ${bytes[1] ?? '?'}`);
}

function addressBytes(address: string): number[] {
  const bytes = bytesOf(address);
  if (bytes) return [bytes.length === 4 ? 1 : 4, ...bytes];
  const name = Buffer.from(address, 'latin1').subarray(0, 255);
  return [3, name.length, ...name];
}

/** Version, reply, reserved, then an address of its own kind's length and a port. */
function replyLength(bytes: Buffer): number | null {
  if (bytes.length > 0 && bytes[0] !== 5) return bytes.length;
  if (bytes.length < 5) return null;
  const kind = bytes[3];
  // Some programs cut a refusal short: its first two bytes say all there is.
  if (bytes[1] !== 0 && kind !== 1 && kind !== 3 && kind !== 4) return bytes.length;
  const address = kind === 1 ? 4 : kind === 4 ? 16 : 1 + (bytes[4] ?? 0);
  return bytes.length >= 4 + address + 2 ? 4 + address + 2 : null;
}

function lengthOf(bytes: Buffer, version: number, length: number): number | null {
  if (bytes.length > 0 && bytes[0] !== version) return bytes.length;
  return bytes.length >= length ? length : null;
}

function strange(bytes: Buffer): Failure<'proxy'> {
  return fault(
    'not-a-proxy',
    bytes
      .subarray(0, 40)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '',
  );
}

function fault(code: Failure<'proxy'>['code'], raw: string): Failure<'proxy'> {
  return { operation: 'proxy', code, raw };
}
