/** Listening sockets from /proc/net/tcp, tcp6, udp, udp6 (proc(5)): without processes and backlogs. */
import { endianness } from 'node:os';
import { canonical } from '../../model/address.js';
import type { ListenerFact } from '../../model/facts.js';

const MAX_LINES = 20_000;
const TCP_LISTEN = '0A';
/** TCP_CLOSE: a UDP socket that is bound and not connected. */
const UDP_OPEN = '07';

export function parseSocketTable(text: string, protocol: 'tcp' | 'udp'): ListenerFact[] {
  const state = protocol === 'tcp' ? TCP_LISTEN : UDP_OPEN;
  return text
    .split('\n', MAX_LINES)
    .slice(1)
    .flatMap((line) => {
      const [, local = '', , actual] = line.trim().split(/\s+/);
      const [, digits = '', port = ''] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local) ?? [];
      if (actual !== state || digits === '') return [];
      return [
        {
          protocol,
          address: addressOf(digits),
          port: Number.parseInt(port, 16),
          v6only: null,
          process: null,
          pid: null,
          backlog: null,
        },
      ];
    });
}

/** Words of four bytes, each in the machine's own order. */
function addressOf(digits: string): string {
  const words = digits.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => {
    const four = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    return endianness() === 'LE' ? four.toReversed() : four;
  });
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return canonical(groups.join(':'));
}
