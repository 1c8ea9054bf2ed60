/** Over TCP each message stands behind its length in two bytes (RFC 1035 4.2.2). */
import { u16At } from './wire.js';

export function frameForTcp(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  framed[0] = message.length >> 8;
  framed[1] = message.length & 0xff;
  framed.set(message, 2);
  return framed;
}

/** The first message of a stream once all of it is there, else null. At most 65,537 bytes of a stream matter. */
export function firstTcpMessage(stream: Uint8Array): Uint8Array | null {
  if (stream.length < 2) return null;
  const end = u16At(stream, 0) + 2;
  return stream.length < end ? null : stream.subarray(2, end);
}
