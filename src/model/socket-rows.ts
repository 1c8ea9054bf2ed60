/** Sockets of this device as `ss -HOtunpei` (iproute2) prints them, one a line. */
import { bytesOf, canonical } from './address.js';

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
  /** What its packets bear (SO_MARK), and the one interface that it uses, where it has such. */
  readonly mark?: number;
  readonly device?: string;
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
        ...markIn(line),
        ...deviceIn(here),
      },
    ];
  });
}

function markIn(line: string): Pick<SocketRow, 'mark'> {
  const mark = /\sfwmark:(0x[\da-f]{1,8})(?:\s|$)/.exec(line)?.[1];
  return mark === undefined ? {} : { mark: Number(mark) };
}

/** Of a link-local address the interface is a part of the address. */
function deviceIn(place: string): Pick<SocketRow, 'device'> {
  const device = /^(?!\[?fe80:).{1,60}%([^\s\]:]{1,15})\]?:/i.exec(place)?.[1];
  return device === undefined ? {} : { device };
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
