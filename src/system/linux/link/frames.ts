import { bytesOf } from '../../../model/address.js';
import type { LinkAnswer } from '../../../model/links.js';
import { formatAddress, formatMac, onesComplement } from './bytes.js';

/** Of all kinds: only such sockets hear what this device itself sends (net/core/dev.c, dev_queue_xmit_nit). */
export const ETH_P_ALL = 0x0003;
export const ETH_P_IP = 0x0800;
export const ETH_P_ARP = 0x0806;
export const ETH_P_IPV6 = 0x86dd;
export const ethernetLength = 14;

const everybody = Uint8Array.of(255, 255, 255, 255, 255, 255);
const arpLength = 28;
const ipv6Length = 40;
const neighbourSolicitation = 135;
const neighbourAdvertisement = 136;
/** Hop limit that every message of neighbour discovery must have (RFC 4861, 7.1). */
const ndHopLimit = 255;

export function ethernet(to: Uint8Array, from: Uint8Array, type: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(new ArrayBuffer(ethernetLength + payload.length));
  frame.set(to, 0);
  frame.set(from, 6);
  new DataView(frame.buffer).setUint16(12, type);
  frame.set(payload, ethernetLength);
  return frame;
}

/** "Who has that address?" as a whole frame. Without a source it is a probe as for a duplicate (RFC 5227; RFC 4862, 5.4.2). */
export function question(target: string, source: string | null, mac: Uint8Array): Uint8Array | null {
  const asked = bytesOf(target);
  const own = source === null ? null : bytesOf(source);
  if (!asked || (own !== null && own.length !== asked.length)) return null;
  return asked.length === 4 ? arpRequest(asked, own, mac) : solicitation(asked, own, mac);
}

/** RFC 826. */
function arpRequest(target: Uint8Array, source: Uint8Array | null, mac: Uint8Array): Uint8Array {
  const arp = new Uint8Array(arpLength);
  arp.set([0, 1, 8, 0, 6, 4, 0, 1]);
  arp.set(mac, 8);
  if (source) arp.set(source, 14);
  arp.set(target, 24);
  return ethernet(everybody, mac, ETH_P_ARP, arp);
}

/** RFC 4861, 4.3, to the group of all who end in the same 24 bits. */
function solicitation(target: Uint8Array, source: Uint8Array | null, mac: Uint8Array): Uint8Array {
  const group = Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ...target.subarray(13));
  const body = new Uint8Array(source ? 32 : 24);
  body[0] = neighbourSolicitation;
  body.set(target, 8);
  if (source) {
    body.set([1, 1], 24); // source link-layer address
    body.set(mac, 26);
  }
  const packet = new Uint8Array(ipv6Length + body.length);
  packet.set([0x60, 0, 0, 0, 0, body.length, 58, ndHopLimit]);
  if (source) packet.set(source, 8);
  packet.set(group, 24);
  packet.set(body, ipv6Length);
  const sum = onesComplement([packet.subarray(8, 40), Uint8Array.of(0, 0, 0, body.length, 0, 0, 0, 58), body]);
  new DataView(packet.buffer).setUint16(ipv6Length + 2, sum);
  return ethernet(Uint8Array.of(0x33, 0x33, ...group.subarray(12)), mac, ETH_P_IPV6, packet);
}

/** Whether a frame says who has the target's address, and what it says. Null for everything else. */
export function answerIn(frame: Uint8Array, target: string): Omit<LinkAnswer, 'ms'> | null {
  if (frame.length < ethernetLength) return null;
  const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
  const payload = frame.subarray(ethernetLength);
  if (type === ETH_P_ARP) return arpAnswer(payload, target);
  return type === ETH_P_IPV6 ? advertisement(payload, target) : null;
}

function arpAnswer(arp: Uint8Array, target: string): Omit<LinkAnswer, 'ms'> | null {
  const isReply = arp.length >= arpLength && [0, 1, 8, 0, 6, 4, 0, 2].every((byte, i) => arp[i] === byte);
  if (!isReply || formatAddress(arp.subarray(14, 18)) !== target) return null;
  const toNobody = arp.subarray(24, 28).every((byte) => byte === 0);
  return { mac: formatMac(arp.subarray(8, 14)), toProbe: toNobody, override: null };
}

function advertisement(packet: Uint8Array, target: string): Omit<LinkAnswer, 'ms'> | null {
  const body = packet.subarray(ipv6Length);
  if (packet[6] !== 58 || packet[7] !== ndHopLimit || body[0] !== neighbourAdvertisement || body.length < 32)
    return null;
  if (formatAddress(body.subarray(8, 24)) !== target) return null;
  // Options: type and length in units of eight bytes; 2 is the target's link-layer address.
  for (let at = 24, count = 0; at + 8 <= body.length && count < 8; count++) {
    const length = (body[at + 1] ?? 0) * 8;
    if (length === 0) return null;
    if (body[at] === 2)
      return {
        mac: formatMac(body.subarray(at + 2, at + 8)),
        toProbe: ((body[4] ?? 0) & 0x40) === 0,
        override: ((body[4] ?? 0) & 0x20) !== 0,
      };
    at += length;
  }
  return null;
}
