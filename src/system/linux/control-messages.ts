import type { QueuedError } from '../classify-connect.js';
import { errnoName } from '../errno-names.js';
import { IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6, IPV6_RECVERR, SO_TIMESTAMPNS, SOL_SOCKET } from './constants.js';
import { decodeSocketAddress } from './socket-address.js';

/** sizeof(struct cmsghdr) on 64 bits: length 8, level 4, type 4. Each message is aligned to 8 bytes. */
const headerLength = 16;
/** sizeof(struct sock_extended_err) (include/uapi/linux/errqueue.h); the offender's sockaddr follows it. */
const extendedErrorLength = 16;
const timespecLength = 16;

const origins: Readonly<Record<number, QueuedError['origin']>> = { 1: 'local', 2: 'icmp', 3: 'icmp6' };

/** The ICMP or local errors among the control messages of one entry of the error queue. */
export function decodeErrors(control: Uint8Array): QueuedError[] {
  const view = new DataView(control.buffer, control.byteOffset, control.byteLength);
  const errors: QueuedError[] = [];
  let cameAt: bigint | null = null;
  for (let at = 0; at + headerLength <= control.length;) {
    const length = Number(view.getBigUint64(at, true));
    if (length < headerLength || at + length > control.length) break;
    const level = view.getInt32(at + 8, true);
    const type = view.getInt32(at + 12, true);
    if ((level === IPPROTO_IP && type === IP_RECVERR) || (level === IPPROTO_IPV6 && type === IPV6_RECVERR)) {
      const error = decodeExtendedError(control.subarray(at + headerLength, at + length));
      if (error) errors.push(error);
    }
    if (level === SOL_SOCKET && type === SO_TIMESTAMPNS && length >= headerLength + timespecLength)
      cameAt = nanoseconds(control.subarray(at + headerLength, at + length));
    at += (length + 7) & ~7;
  }
  return cameAt === null ? errors : errors.map((error) => ({ ...error, cameAt }));
}

/** A struct timespec of 64 bits. */
export function nanoseconds(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getBigInt64(0, true) * 1_000_000_000n + view.getBigInt64(8, true);
}

function decodeExtendedError(bytes: Uint8Array): QueuedError | null {
  if (bytes.length < extendedErrorLength) return null;
  const origin = origins[bytes[4] ?? 0];
  if (!origin) return null; // timestamps and zero-copy notices share the queue
  const errno = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const from = decodeSocketAddress(bytes.subarray(extendedErrorLength))?.address ?? null;
  return { errno: errnoName(errno), origin, type: bytes[5] ?? 0, code: bytes[6] ?? 0, from };
}
