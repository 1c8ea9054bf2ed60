import { bytesOf } from '../../../model/address.js';
import { formatAddress, onesComplement } from './bytes.js';
import { ETH_P_IPV6, ethernet, ethernetLength } from './frames.js';

const ipv6Length = 40;
const icmpv6 = 58;
const routerSolicitation = 133;
const routerAdvertisement = 134;
/** Nobody behind a router can send one with it (RFC 4861, 6.1.2). */
const ndHopLimit = 255;
const captivePortal = 37;
const mostOptions = 64;
const longestUrl = 1000;
const utf8 = new TextDecoder();

/** The question to all routers of a link, as a whole frame (RFC 4861, 4.1). Without a source it is asked in nobody's name. */
export function solicitationOfRouters(source: string | null, mac: Uint8Array): Uint8Array | null {
  const own = source === null ? null : bytesOf(source);
  if (own !== null && own?.length !== 16) return null;
  const routers = Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
  const body = new Uint8Array(own ? 16 : 8);
  body[0] = routerSolicitation;
  if (own) {
    body.set([1, 1], 8); // source link-layer address
    body.set(mac, 10);
  }
  const packet = new Uint8Array(ipv6Length + body.length);
  packet.set([0x60, 0, 0, 0, 0, body.length, icmpv6, ndHopLimit]);
  if (own) packet.set(own, 8);
  packet.set(routers, 24);
  packet.set(body, ipv6Length);
  new DataView(packet.buffer).setUint16(ipv6Length + 2, checksumOf(packet, body));
  return ethernet(Uint8Array.of(0x33, 0x33, 0, 0, 0, 2), mac, ETH_P_IPV6, packet);
}

/** Who sent a router advertisement, and which portal it names (RFC 8910, 2.3); null for every other frame, and for a false one. */
export function portalAdvertised(frame: Uint8Array): { readonly from: string; readonly portal: string | null } | null {
  const packet = frame.subarray(ethernetLength);
  const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
  if (type !== ETH_P_IPV6 || packet[6] !== icmpv6 || packet[7] !== ndHopLimit) return null;
  const length = ((packet[4] ?? 0) << 8) | (packet[5] ?? 0);
  const body = packet.subarray(ipv6Length, ipv6Length + length);
  const linkLocal = packet[8] === 0xfe && ((packet[9] ?? 0) & 0xc0) === 0x80;
  if (body.length < 16 || body.length < length || body[0] !== routerAdvertisement || body[1] !== 0 || !linkLocal)
    return null;
  if (checksumOf(packet, body) !== 0) return null;
  return { from: formatAddress(packet.subarray(8, 24)), portal: portalIn(body) };
}

/** Options: type and length in units of eight bytes, behind the sixteen bytes that every advertisement has. */
function portalIn(body: Uint8Array): string | null {
  for (let at = 16, count = 0; at + 8 <= body.length && count < mostOptions; count++) {
    const length = (body[at + 1] ?? 0) * 8;
    if (length === 0 || at + length > body.length) return null;
    if (body[at] === captivePortal) {
      const text = utf8.decode(body.subarray(at + 2, at + length)).replace(/\0+$/, '');
      return text === '' ? null : text.slice(0, longestUrl + 1);
    }
    at += length;
  }
  return null;
}

function checksumOf(packet: Uint8Array, body: Uint8Array): number {
  const length = Uint8Array.of(0, 0, body.length >> 8, body.length & 255, 0, 0, 0, icmpv6);
  return onesComplement([packet.subarray(8, 40), length, body]);
}
