/** Listening sockets as `ss -Hltunpe` (iproute2) prints them. */
import { canonical, scopeOf } from '../../model/address.js';
import type { ListenerFact } from '../../model/facts.js';

const MAX_LISTENERS = 2_000;

export function parseSocketLines(text: string): ListenerFact[] {
  return text.split('\n', MAX_LISTENERS).flatMap((line) => {
    const [protocol, , receive, send, local = ''] = line.trim().split(/\s+/);
    const place = localEnd(local);
    if (!place || (protocol !== 'tcp' && protocol !== 'udp')) return [];
    const [, process = null, pid = null] = /users:\(\("([^"]{1,64})",pid=(\d+)/.exec(line) ?? [];
    const only = / v6only:([01])/.exec(line)?.[1];
    return [
      {
        protocol,
        ...place,
        // Printed for sockets of IPv6 only; `*` is one that takes both.
        v6only: only === undefined ? null : only === '1',
        process,
        pid: pid === null ? null : Number(pid),
        // Of a listening TCP socket: connections that wait to be accepted, and how many may.
        backlog: protocol === 'tcp' ? { used: Number(receive), limit: Number(send) } : null,
      },
    ];
  });
}

/** `0.0.0.0:80`, `[::]:80`, `*:80`, `127.0.0.53%lo:53`, `[fe80::1]%eth0:80`. */
function localEnd(text: string): Pick<ListenerFact, 'address' | 'port' | 'device'> | null {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === '') return null;
  const [plain = '', device] = host.replace(/[[\]]/g, '').split('%', 2);
  const place = { address: plain === '*' ? '::' : canonical(plain), port: Number(port) };
  // Of a link-local address the interface is a part of the address.
  return device === undefined || scopeOf(place.address) === 'link-local' ? place : { ...place, device };
}
