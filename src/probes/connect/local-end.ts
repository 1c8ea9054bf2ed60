import { bytesOf, canonical } from '../../model/address.js';
import { fact, type Facts, type LocalEnd, type LocalEnds } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';

const mostAddresses = 2;
const longestMs = 2_000;
/** Programs accept in less; one that does not is still seen, without its name. */
const acceptMs = 30;
const mostLines = 20_000;

/**
 * Whether the other end of a connection to the target is a socket of this very device: where a rule leads connections
 * aside to a program here, both ends are in one table. Its owner shows to root, or where it is one's own.
 */
export const localEnd: Gatherer<'connect.localEnd'> = {
  fact: 'connect.localEnd',
  needs: ['connect'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => (openedAt(facts).length === 0 ? 'no connection could be opened' : null),
  async gather(facts, context) {
    const found = await Promise.all(
      openedAt(facts)
        .slice(0, mostAddresses)
        .map((one) => endOf(one, context)),
    );
    const ends = found.filter((one) => one !== null);
    return ends.length > 0 ? known(ends, 'ss') : skipped('the table of connections cannot be read');
  },
};

type Place = Pick<LocalEnds[number], 'address' | 'port'>;

function openedAt(facts: Facts): Place[] {
  const probes = fact(facts, 'connect') ?? [];
  return probes
    .filter(({ first, repeats, port }) => port > 0 && [first, ...repeats].some((one) => one.failure === undefined))
    .map(({ address, port }) => ({ address, port }));
}

async function endOf(place: Place, { system, options, signal, remaining }: Context): Promise<LocalEnds[number] | null> {
  const timeoutMs = Math.max(1, Math.min(longestMs, remaining() / 2));
  const dialled = await system.sockets.dial({ ...place, timeoutMs, interface: options.interface }, signal).done;
  const { stream, localAddress, localPort } = dialled;
  if (!stream || localAddress === null || localPort === null) {
    stream?.destroy();
    return null;
  }
  await system.clock.sleep(acceptMs, signal);
  const { exit, stdout } = await system.run('ss', ['-Htnp'], { timeoutMs, maxBytes: 4 * 1024 * 1024, signal });
  stream.destroy();
  return exit === 0 ? { ...place, end: endIn(stdout, localAddress, localPort) } : null;
}

/** The socket whose peer is our own end: `ESTAB 0 0 127.0.0.1:8443 192.168.7.20:45000 users:(("x",pid=7,fd=9))`. */
export function endIn(table: string, address: string, port: number): LocalEnd | null {
  for (const line of table.split('\n', mostLines)) {
    const [, , , local = '', peer = ''] = line.trim().split(/\s+/);
    const [ours, theirs] = [placeIn(peer), placeIn(local)];
    if (!ours || !theirs || ours.port !== port || ours.address !== plain(address)) continue;
    const [, process = null, pid = null] = /users:\(\("([^"]{1,64})",pid=(\d+)/.exec(line) ?? [];
    return { ...theirs, process, pid: pid === null ? null : Number(pid) };
  }
  return null;
}

function placeIn(text: string): { address: string; port: number } | null {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  return host === '' ? null : { address: plain(host.replace(/[[\]]/g, '').replace(/%.*$/, '')), port: Number(port) };
}

/** IPv4 in an IPv6 socket is shown as ::ffff:192.0.2.1. */
function plain(address: string): string {
  const bytes = bytesOf(address);
  const mapped = bytes?.length === 16 && bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
  return bytes && mapped ? bytes.slice(12).join('.') : canonical(address);
}
