import { familyOf, scopeOf } from '../../model/address.js';
import { type AddressProbe, fact, type Facts, type LocalEnd, type LocalEnds } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { handshake } from '../tls/handshake.js';
import { plain, socketRows, type SocketRow } from '../../model/socket-rows.js';

const mostAddresses = 2;
const longestMs = 2_000;
/** Programs accept in less; one that does not is still seen, without its name. */
const acceptMs = 30;
const mostReadings = 4;

/**
 * Whether the other end of a connection to the target is a socket of this very device: where a rule leads connections
 * aside to a program here, both ends are in one table. Its owner shows to root, or where it is one's own. Of TLS a
 * handshake is made on it, and what the program has sent onwards by then is compared with what we have sent: who only
 * passes on sends the same.
 */
export const localEnd: Gatherer<'connect.localEnd'> = {
  fact: 'connect.localEnd',
  needs: ['connect'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 150 },
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

/** A place that was reached, and what is spoken there: by the target itself or by a step of its redirects. */
interface Reached extends Place {
  /** Null where it is no TLS. */
  readonly handshake: { readonly host: string; readonly http: boolean } | null;
}

function openedAt(facts: Facts): Reached[] {
  const { target } = facts;
  const own = openedIn(
    fact(facts, 'connect') ?? [],
    target.transport === 'tls' ? { host: target.host, http: target.protocol === 'http' } : null,
  );
  const steps = (fact(facts, 'redirects') ?? []).flatMap(({ connect, host, tls }) =>
    openedIn(connect, tls ? { host, http: true } : null),
  );
  // What failed is the last of them.
  const all = [...steps.toReversed(), ...own];
  return all.filter((one, i) => all.findIndex((other) => isAt(one, other)) === i);
}

function openedIn(probes: readonly AddressProbe[], handshake: Reached['handshake']): Reached[] {
  return probes
    .filter(({ first, repeats, port }) => port > 0 && [first, ...repeats].some((one) => one.failure === undefined))
    .map(({ address, port }) => ({ address, port, handshake }));
}

async function endOf(reached: Reached, context: Context): Promise<LocalEnds[number] | null> {
  const { address, port, handshake: spoken } = reached;
  const place = { address, port };
  const { system, options, signal, remaining } = context;
  const timeoutMs = Math.max(1, Math.min(longestMs, remaining() / 2));
  const dialled = await system.sockets.dial({ ...place, timeoutMs, interface: options.interface }, signal).done;
  const { stream, localAddress, localPort } = dialled;
  if (!stream || localAddress === null || localPort === null) {
    stream?.destroy();
    return null;
  }
  try {
    const ours = { address: plain(localAddress), port: localPort };
    await system.clock.sleep(acceptMs, signal);
    const before = await rowsOf(system, signal, timeoutMs);
    if (!before) return null;
    const end = await untilTaken(endIn(before, ours), ours, context, timeoutMs);
    if (!end || !spoken) return { ...place, end };
    const request = {
      serverName: familyOf(spoken.host) === 0 ? spoken.host : null,
      applicationProtocols: spoken.http ? ['http/1.1'] : [],
      versions: 'usual',
      timeoutMs,
    } as const;
    const { stream: secure } = await handshake(stream, request, system, signal);
    let readings: (Onward | null)[] = [];
    for (let count = 0; count < mostReadings && !isSettled(readings); count++) {
      await system.clock.sleep(acceptMs, signal);
      const rows = await rowsOf(system, signal, timeoutMs);
      readings = [...readings, rows && onwardFrom(rows, end, ours, place, system.identity.uid)];
    }
    secure?.destroy();
    const last = readings.at(-1);
    return { ...place, end: { ...end, onward: last && isSettled(readings) ? last.says : 'unknown' } };
  } finally {
    stream.destroy();
  }
}

/** A program may be busy for a moment: one that takes no connection for longer hangs. */
const patienceMs = 700;

async function untilTaken(
  end: LocalEnd | null,
  ours: Place,
  { system, signal }: Context,
  timeoutMs: number,
): Promise<LocalEnd | null> {
  if (end?.taken !== false) return end;
  await system.clock.sleep(Math.min(patienceMs, timeoutMs), signal);
  const later = await rowsOf(system, signal, timeoutMs);
  const { taken: _, ...untold } = end;
  return later ? endIn(later, ours) : untold;
}

export async function rowsOf(
  system: Context['system'],
  signal: AbortSignal,
  timeoutMs: number,
): Promise<SocketRow[] | null> {
  const { exit, stdout } = await system.run('ss', ['-HOtunpei'], { timeoutMs, maxBytes: 8 * 1024 * 1024, signal });
  return exit === 0 ? socketRows(stdout) : null;
}

/** The socket whose peer is our own end. */
export function endIn(rows: readonly SocketRow[], ours: Place): LocalEnd | null {
  const row = rows.find(({ peer }) => peer?.address === ours.address && peer.port === ours.port);
  if (!row) return null;
  const { process, pid, uid } = row;
  return { ...row.local, process, pid, uid, ...(row.taken || row.state !== 'ESTAB' ? {} : { taken: false as const }) };
}

export interface Onward {
  readonly says: NonNullable<LocalEnd['onward']>;
  /** What was sent and received on it and by us: what is still on its way changes that. */
  readonly counts: string;
}

/** Equal, which no chance brings about; or twice the same, so that nothing is on its way any more. */
function isSettled(readings: readonly (Onward | null)[]): boolean {
  const [before, last] = readings.slice(-2);
  if (readings.at(-1)?.says === 'same') return true;
  return !!before && !!last && before.says === last.says && before.counts === last.counts;
}

/**
 * What leads from the program at the other end to the outside. `same`: a connection to the very target with as many bytes
 * in both directions as ours has, so that it only passes on. `other`: one with other numbers. `none`: nothing leads out of
 * that program, so that it answers by itself.
 */
export function onwardFrom(
  rows: readonly SocketRow[],
  end: LocalEnd,
  ours: Place,
  target: Place,
  asUid: number | null,
): Onward {
  const own = rows.find(({ local, protocol }) => protocol === 'tcp' && isAt(local, ours));
  const theirs = rows.filter((row) => row !== own && (end.pid === null ? row.uid === end.uid : row.pid === end.pid));
  const there = theirs.filter(({ peer, local }) => peer && isAt(peer, target) && !isAt(local, ours));
  const counts = [own, ...there].map((row) => `${row?.sent ?? 0}/${row?.received ?? 0}`).join(' ');
  if (own && there.length > 0) {
    if (there.some(({ sent, received }) => sent === own.sent && received === own.received))
      return { says: 'same', counts };
    // An account that many programs share: the other connection may be anybody's.
    if (end.pid === null && (end.uid === 0 || end.uid === asUid)) return { says: 'unknown', counts };
    // What has sent nothing yet may still pass on.
    return { says: there.some(({ sent, received }) => sent > 0 && received > 0) ? 'other' : 'unknown', counts };
  }
  // Datagrams need no connection, and what is not known by its process may use another account's.
  const out = theirs.some(
    ({ peer, protocol }) => protocol === 'udp' || (peer && scopeOf(peer.address) !== 'loopback' && !isAt(peer, ours)),
  );
  return { says: own && end.pid !== null && !out ? 'none' : 'unknown', counts };
}

function isAt(one: Place, other: Place): boolean {
  return one.address === other.address && one.port === other.port;
}
