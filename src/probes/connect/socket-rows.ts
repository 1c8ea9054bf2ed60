/** Sockets of this device as `ss -HOtunpei` (iproute2) prints them, one a line. */
import { bytesOf, canonical } from '../../model/address.js';

export interface SocketRow {
  readonly protocol: string;
  readonly state: string;
  readonly local: SocketPlace;
  /** Null where nobody is at the other end, or anybody. */
  readonly peer: SocketPlace | null;
  /** Who holds it: to root, or where it is one's own. */
  readonly process: string | null;
  readonly pid: number | null;
  /** Whose it is: told to everybody. */
  readonly uid: number;
  /** False: an open connection that no program has taken over yet (accept); its socket has no inode then. */
  readonly taken: boolean;
  /** Bytes that went out, each counted once, and that came in. */
  readonly sent: number;
  readonly received: number;
}

export interface SocketPlace {
  readonly address: string;
  readonly port: number;
}

const mostLines = 20_000;

export function socketRows(text: string): SocketRow[] {
  return text.split('\n', mostLines).flatMap((line) => {
    const [protocol = '', state = '', , , here = '', there = ''] = line.trim().split(/\s+/, 6);
    const local = placeIn(here);
    if (!local) return [];
    const [, process = null, pid = null] = /users:\(\("([^"]{1,64})",pid=(\d+)/.exec(line) ?? [];
    const number = (name: string): number => Number(new RegExp(`\\s${name}:(\\d{1,15})(?:\\s|$)`).exec(line)?.[1] ?? 0);
    return [
      {
        protocol,
        state,
        local,
        peer: placeIn(there),
        process,
        pid: pid === null ? null : Number(pid),
        // Left out where it is root's.
        uid: number('uid'),
        taken: !/\sino:0(?:\s|$)/.test(line),
        sent: number('bytes_sent') - number('bytes_retrans'),
        received: number('bytes_received'),
      },
    ];
  });
}

function placeIn(text: string): SocketPlace | null {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  return host === '' ? null : { address: plain(host.replace(/[[\]]/g, '').replace(/%.*$/, '')), port: Number(port) };
}

/** IPv4 in an IPv6 socket is shown as ::ffff:192.0.2.1. */
export function plain(address: string): string {
  const bytes = bytesOf(address);
  const mapped = bytes?.length === 16 && bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
  return bytes && mapped ? bytes.slice(12).join('.') : canonical(address);
}
