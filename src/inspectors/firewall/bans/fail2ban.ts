import type { Ban, BanList } from '../../../model/ban-facts.js';
import type { System } from '../../../model/system.js';

const timeoutMs = 4_000;
const maxBytes = 4 * 1024 * 1024;
const mostJails = 8;

/** Asks the running server by its own client, which only reads here. */
export async function fail2banBans(
  addresses: readonly string[],
  system: System,
  signal: AbortSignal,
): Promise<BanList> {
  const by = 'fail2ban';
  const ask = (...words: string[]) => system.run('fail2ban-client', words, { timeoutMs, maxBytes, signal });
  const bans: Ban[] = [];
  for (const address of addresses) {
    const banned = await ask('banned', address);
    if (banned.error === 'ENOENT') return { by, state: 'not-installed', bans };
    if (banned.exit !== 0) return { by, ...stateOf(`${banned.stderr}${banned.stdout}`), bans };
    for (const jail of jailsIn(banned.stdout).slice(0, mostJails)) {
      const listed = await ask('get', jail, 'banip', '--with-time');
      bans.push({ address, list: jail, ...(listed.exit === 0 ? timesIn(listed.stdout, address) : unknownTimes) });
    }
  }
  return { by, state: 'answers', bans };
}

const unknownTimes = { element: null, since: null, until: null, forever: false };

function stateOf(said: string): Pick<BanList, 'state' | 'why'> {
  if (/Is (?:fail2ban|it) running\?|Failed to access socket path/.test(said)) return { state: 'not-running' };
  return { state: 'unreadable', why: (said.trim().split('\n').at(-1) ?? '').slice(0, 200) };
}

/** `[['sshd', 'recidive']]`: for each address asked about the jails that hold it. Names of jails have no quotes. */
export function jailsIn(printed: string): string[] {
  return [...printed.matchAll(/'([^'\\]{1,100})'/g)].map(([, jail = '']) => jail);
}

/**
 * `192.0.2.1 \t2026-11-27 20:06:54 + 600 = 2026-11-27 20:16:54`, in local time; of a ban for ever the length is -1.
 */
export function timesIn(printed: string, address: string): Pick<Ban, 'element' | 'since' | 'until' | 'forever'> {
  for (const line of printed.split('\n')) {
    const found = /^(\S+)\s+(\d{4}-\d{2}-\d{2} [\d:]{8}) \+ (-?\d+) = (\d{4}-\d{2}-\d{2} [\d:]{8})$/.exec(line.trim());
    if (!found || found[1] !== address) continue;
    const [, element = address, since = '', seconds = '', until = ''] = found;
    const forever = Number(seconds) < 0;
    return { element, since: isoOf(since), until: forever ? null : isoOf(until), forever };
  }
  return unknownTimes;
}

function isoOf(local: string): string | null {
  const time = new Date(local.replace(' ', 'T'));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
