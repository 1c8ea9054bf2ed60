import type { Duplex } from 'node:stream';
import { bytesOf, familyOf } from '../../model/address.js';
import type { ProxyServer } from '../../model/proxy-facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { credentialsOf } from '../../model/parse-proxy.js';
import type { Handshake } from './handshake.js';
import { readWhole } from './reader.js';

/** Asks a SOCKS 4 proxy for a connection; a name goes by the extension 4A (address 0.0.0.1, the name behind the user). */
export async function socks4(
  stream: Duplex,
  server: ProxyServer,
  goal: { readonly address: string; readonly port: number },
  timeoutMs: number,
  context: Context,
): Promise<Handshake> {
  if (familyOf(goal.address) === 6) {
    return { failure: fault('refused', 'SOCKS 4 knows no IPv6 addresses') };
  }
  const address = bytesOf(goal.address) ?? Uint8Array.from([0, 0, 0, 1]);
  const name = familyOf(goal.address) === 0 ? [...Buffer.from(goal.address, 'latin1').subarray(0, 255), 0] : [];
  const user = Buffer.from(credentialsOf(server)?.user.replaceAll('\0', '') ?? '').subarray(0, 255);
  stream.write(Uint8Array.from([4, 1, goal.port >> 8, goal.port & 255, ...address, ...user, 0, ...name]));
  const { bytes, failure } = await readWhole(stream, replyLength, timeoutMs, context);
  if (bytes.length > 0 && bytes[0] !== 0) {
    return {
      failure: fault(
        'not-a-proxy',
        bytes
          .subarray(0, 40)
          .toString('latin1')
          .split(/[\r\n]/, 1)[0] ?? '',
      ),
    };
  }
  if (failure) return { failure };
  const reply = bytes[1] ?? 91;
  if (reply === 90) return { reply };
  // 91 is said of policy and of dead targets alike; 92 and 93 want an identd.
  return { reply, failure: fault(reply === 91 ? 'upstream-failed' : 'authentication', `reply ${reply}`) };
}

function replyLength(bytes: Buffer): number | null {
  if (bytes.length > 0 && bytes[0] !== 0) return bytes.length;
  return bytes.length >= 8 ? 8 : null;
}

function fault(code: Failure<'proxy'>['code'], raw: string): Failure<'proxy'> {
  return { operation: 'proxy', code, raw };
}
