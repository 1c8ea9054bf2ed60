/** Netlink messages and attributes by hand (RFC 3549, include/uapi/linux/netlink.h). */

const NLM_F_REQUEST = 0x001;
export const NLM_F_ACK = 0x004;
export const NLM_F_CREATE = 0x400;
export const NLM_F_APPEND = 0x800;
const NLMSG_ERROR = 2;

/** struct nlmsghdr, and struct nfgenmsg behind it. */
const headerLength = 16;
const genericLength = 4;
const NLA_F_NESTED = 0x8000;
const NLA_TYPE_MASK = 0x3fff;
/** Bounds on what the kernel is believed to say in one read. */
const maxMessages = 4096;
const maxAttributes = 256;

export interface Message {
  readonly type: number;
  readonly sequence: number;
  /** What follows the header. */
  readonly body: Uint8Array;
}

/** A message of netfilter: header, struct nfgenmsg, attributes. */
export function message(
  type: number,
  flags: number,
  sequence: number,
  family: number,
  resource: number,
  ...attributes: Uint8Array[]
): Uint8Array {
  const body = join(attributes);
  const bytes = new Uint8Array(headerLength + genericLength + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags | NLM_F_REQUEST, true);
  view.setUint32(8, sequence, true);
  view.setUint8(16, family);
  view.setUint16(18, resource); // big-endian
  bytes.set(body, headerLength + genericLength);
  return bytes;
}

export function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(align(4 + value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 4 + value.length, true);
  view.setUint16(2, type, true);
  bytes.set(value, 4);
  return bytes;
}

export function nested(type: number, ...attributes: Uint8Array[]): Uint8Array {
  return attribute(type | NLA_F_NESTED, join(attributes));
}

export function text(type: number, value: string): Uint8Array {
  return attribute(type, new TextEncoder().encode(`${value}\0`));
}

/** Netfilter's numbers are big-endian. */
export function number(type: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value | 0);
  return attribute(type, bytes);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The messages of one read. What is cut short is left out. */
export function messagesIn(bytes: Uint8Array): Message[] {
  const view = viewOf(bytes);
  const found: Message[] = [];
  for (let at = 0; at + headerLength <= bytes.length && found.length < maxMessages;) {
    const length = view.getUint32(at, true);
    if (length < headerLength || at + length > bytes.length) break;
    found.push({
      type: view.getUint16(at + 4, true),
      sequence: view.getUint32(at + 8, true),
      body: bytes.subarray(at + headerLength, at + length),
    });
    at += align(length);
  }
  return found;
}

/** Attributes by type; of several with the same type, the last. */
export function attributesIn(bytes: Uint8Array): Map<number, Uint8Array> {
  const view = viewOf(bytes);
  const found = new Map<number, Uint8Array>();
  for (let at = 0, i = 0; at + 4 <= bytes.length && i < maxAttributes; i++) {
    const length = view.getUint16(at, true);
    if (length < 4 || at + length > bytes.length) break;
    found.set(view.getUint16(at + 2, true) & NLA_TYPE_MASK, bytes.subarray(at + 4, at + length));
    at += align(length);
  }
  return found;
}

export function textOf(value: Uint8Array | undefined): string | null {
  if (!value) return null;
  const end = value.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? value : value.subarray(0, end));
}

/** Signed: verdict codes are. */
export function numberOf(value: Uint8Array | undefined): number | null {
  return value && value.length >= 4 ? viewOf(value).getInt32(0) : null;
}

export function bigNumberOf(value: Uint8Array | undefined): number | null {
  return value && value.length >= 8 ? Number(viewOf(value).getBigUint64(0)) : null;
}

/** The errno of an NLMSG_ERROR (0 is an acknowledgement), or null when the message is none. */
export function errorOf(answer: Message): number | null {
  if (answer.type !== NLMSG_ERROR || answer.body.length < 4) return null;
  return 0 - viewOf(answer.body).getInt32(0, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function align(length: number): number {
  return (length + 3) & ~3;
}
