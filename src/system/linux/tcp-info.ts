import type { TcpCounters } from '../../model/facts.js';
import type { LiveCounters } from '../../model/system.js';

/** Bytes of struct tcp_info (include/uapi/linux/tcp.h) that are read here. */
export const tcpInfoLength = 144;

/** With the bytes that were not sent yet (Linux 4.6). */
const lengthWithUnsent = 148;

/** With what the other side has room for (Linux 5.4). */
const lengthWithWindow = 232;

export interface TcpInfo extends LiveCounters {
  readonly state: number;
}

/** `length` is what the kernel filled in; segment counters came with Linux 4.2. */
export function decodeTcpInfo(bytes: Uint8Array, length: number): TcpInfo | null {
  if (length < tcpInfoLength || bytes.length < tcpInfoLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number): number => view.getUint32(offset, true);
  return {
    state: bytes[0] ?? 0,
    backoff: bytes[4] ?? 0,
    // TCPI_OPT_TIMESTAMPS: ten bytes and two to align them (RFC 7323, appendix A)
    optionBytes: ((bytes[5] ?? 0) & 1) === 1 ? 12 : 0,
    unacknowledged: at(24),
    unsent: length >= lengthWithUnsent && bytes.length >= lengthWithUnsent ? at(144) : null,
    sendWindow: length >= lengthWithWindow && bytes.length >= lengthWithWindow ? at(228) : null,
    retransmitted: at(36),
    pathMtu: at(60),
    rttUs: at(68),
    totalRetransmitted: at(100),
    // Of 64 bits: no connection of ours brings four gigabytes.
    receivedBytes: at(128),
    segmentsOut: at(136),
    segmentsIn: at(140),
  };
}

export function withoutState(info: TcpInfo): TcpCounters {
  const { segmentsOut, segmentsIn, retransmitted, totalRetransmitted, rttUs } = info;
  return { segmentsOut, segmentsIn, retransmitted, totalRetransmitted, rttUs };
}

/**
 * Whether what was said never left this device. What the other side has no room for is not sent either, nor what waits until
 * earlier segments are acknowledged: then it is not known.
 */
export function keptHere({ unsent, unacknowledged, sendWindow }: TcpInfo): boolean | null {
  if (unsent === null) return null;
  if (unsent === 0) return false;
  return unacknowledged === 0 && sendWindow !== null && sendWindow >= unsent ? true : null;
}
