import { Cannot } from '../../model/cannot.js';
import { type FlushCache, nameCaches } from '../../model/name-operations.js';
import type { Hands, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

const bounds = { timeoutMs: 10_000 };
const mostNames = 8;
/** A name of hosts as programs look it up, and none that would be an option. */
const nameToForget = /^(?!-)[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?$/;

/**
 * A cache of names is emptied. What it held cannot be put back, and fills by itself: so "done" is a mark in the journal's
 * directory, and undo takes no more than that away.
 */
export const operation: OperationKindOf<FlushCache, null> = {
  kind: 'flush-cache',
  check(json) {
    const args = new Arguments('flush-cache', json);
    const kind = args.oneOf('kind', ['flush-cache']);
    const cache = args.oneOf('cache', nameCaches);
    const names = args.optional('names', (key) =>
      args.list(key, mostNames, (one) => {
        if (typeof one !== 'string' || !nameToForget.test(one)) throw args.wrong('names holds none');
        return one;
      }),
    );
    args.end();
    if (names !== undefined && cache !== 'unbound') throw args.wrong('only unbound forgets some names alone');
    return { kind, cache, ...(names !== undefined && { names }) };
  },
  commands: ({ cache, names }) =>
    cache === 'unbound' ? zonesOf(names).map((zone) => `unbound-control flush_zone ${zone}`) : [words[cache]],
  undo: () => ['nothing: the cache fills by itself'],
  async capture({ cache }, hands) {
    if ((await hands.disk.read(markOf(hands), 16)) !== null) throw new Cannot('that was done already');
    if (cache === 'dnsmasq') await dnsmasqPid(hands);
    return null;
  },
  preview: ({ cache, names }) => [`  what ${cache} remembers of ${names?.join(', ') ?? 'names'} is forgotten`],
  async apply({ cache, names }, _before, hands) {
    await flush(cache, zonesOf(names), hands);
    const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
    await hands.disk.create(markOf(hands), new Uint8Array(), rights);
    await hands.disk.syncDirectory(hands.journal);
  },
  look: async (_operation, _before, hands) => ({
    is: (await hands.disk.read(markOf(hands), 16)) === null ? 'before' : 'after',
  }),
  revert: (_operation, _before, hands) => hands.disk.remove(markOf(hands)),
};

const words: Readonly<Record<Exclude<FlushCache['cache'], 'unbound'>, string>> = {
  nscd: 'nscd --invalidate=hosts',
  dnsmasq: 'kill -HUP the process of dnsmasq: it reads its files again and empties its cache',
  'systemd-resolved': 'resolvectl flush-caches',
};

async function flush(cache: FlushCache['cache'], zones: readonly string[], hands: Hands): Promise<void> {
  const { run } = hands;
  switch (cache) {
    case 'nscd':
      return void mustHaveRun('nscd', await run('nscd', ['--invalidate=hosts'], bounds));
    case 'dnsmasq':
      return void mustHaveRun('kill', await run('kill', ['-HUP', String(await dnsmasqPid(hands))], bounds));
    case 'unbound':
      for (const zone of zones)
        mustHaveRun('unbound-control', await run('unbound-control', ['flush_zone', zone], bounds));
      return;
    case 'systemd-resolved':
      return void mustHaveRun('resolvectl', await run('resolvectl', ['flush-caches'], bounds));
  }
}

/** All that it has, where no name is said. */
function zonesOf(names: readonly string[] | undefined): readonly string[] {
  return names ?? ['.'];
}

/** Of the one that distributions start, by the file that they have it write (Debian's and systemd's unit). */
async function dnsmasqPid({ disk }: Pick<Hands, 'disk'>): Promise<number> {
  for (const file of ['/run/dnsmasq/dnsmasq.pid', '/run/dnsmasq.pid']) {
    const text = await disk.read(file, 64);
    const pid = /^(\d{1,10})\s*$/.exec(text === null ? '' : Buffer.from(text.bytes).toString('latin1'))?.[1];
    if (pid === undefined) continue;
    const name = await disk.read(`/proc/${pid}/comm`, 64);
    // The number may be somebody else's by now.
    if (name !== null && Buffer.from(name.bytes).toString('latin1').trim() === 'dnsmasq') return Number(pid);
  }
  throw new Cannot('no dnsmasq that tells its process number runs here');
}

function markOf({ id, journal }: Pick<Hands, 'id' | 'journal'>): string {
  return `${journal}/done-${id}`;
}
