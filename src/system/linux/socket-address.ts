import { bytesOf, canonical } from '../../model/address.js';
import { AF_INET, AF_INET6, AF_UNIX } from './constants.js';

export interface SocketAddress {
  readonly family: 4 | 6;
  readonly bytes: Uint8Array;
}

/** sizeof(struct sockaddr_un): two bytes of family and a path of 108. */
const unixLength = 110;

/**
 * struct sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)). An IPv4-mapped address becomes plain IPv4: the same packets, and
 * the error queue of the family that carries them. `scope` is the index of a link-local address's interface.
 * Null when the text is no address.
 */
export function encodeSocketAddress(address: string, port: number, scope = 0): SocketAddress | null {
  const ip = bytesOf(address);
  if (!ip) return null;
  const v4 = ip.length === 4 ? ip : mappedBytes(ip);
  const bytes = new Uint8Array(new ArrayBuffer(v4 ? 16 : 28));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, v4 ? AF_INET : AF_INET6, true);
  view.setUint16(2, port);
  if (v4) {
    bytes.set(v4, 4);
    return { family: 4, bytes };
  }
  bytes.set(ip, 8);
  view.setUint32(24, scope, true);
  return { family: 6, bytes };
}

/** Any address of that family, and any port where none is given. */
export function wildcard(family: 4 | 6, port = 0): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(family === 4 ? 16 : 28));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, family === 4 ? AF_INET : AF_INET6, true);
  view.setUint16(2, port);
  return bytes;
}

/** Null for any other family, or when there are too few bytes. */
export function decodeSocketAddress(bytes: Uint8Array): { address: string; port: number } | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const family = view.getUint16(0, true);
  const port = view.getUint16(2);
  if (family === AF_INET) return { address: bytes.subarray(4, 8).join('.'), port };
  if (family !== AF_INET6 || bytes.length < 24) return null;
  const words = Array.from({ length: 8 }, (_, i) => view.getUint16(8 + 2 * i).toString(16));
  return { address: canonical(words.join(':')), port };
}

/** struct sockaddr_un. Null when the path does not fit. */
export function encodeUnixAddress(path: string): Uint8Array | null {
  const text = new TextEncoder().encode(path);
  if (text.length === 0 || text.length > unixLength - 3 || text.includes(0)) return null;
  const bytes = new Uint8Array(new ArrayBuffer(unixLength));
  new DataView(bytes.buffer).setUint16(0, AF_UNIX, true);
  bytes.set(text, 2);
  return bytes;
}

function mappedBytes(ip: Uint8Array): Uint8Array | null {
  const prefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];
  return prefix.every((byte, i) => ip[i] === byte) ? ip.subarray(12) : null;
}
