import { byClamd } from '../inspectors/quarantine/scan.js';
import { byRules } from '../inspectors/quarantine/rules.js';
import { fact, type Facts } from '../model/facts.js';
import type { Gatherer } from '../model/gatherer.js';
import { known, skipped } from '../model/observed.js';
import type { Account, System } from '../model/system.js';
import { fetchPast } from '../probes/http/past-shield.js';

/**
 * A second look at a page that a program of this computer keeps away: fetched past it, in memory alone, and given to the
 * scanners at hand. Nothing is changed for it: the connection is made by the account of that very program.
 */
export const pastShield: Gatherer<'http.pastShield'> = {
  fact: 'http.pastShield',
  needs: ['http', 'connect.localEnd'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts) => (endIn(facts) ? null : 'no program of this computer is known to stand between'),
  async gather(facts, context) {
    const end = endIn(facts);
    const account = end && (await accountOf(end.pid, context.system));
    if (!account) return skipped('by which account the program between asks is not known');
    const page = await fetchPast(account, end, facts.target, context);
    if (typeof page === 'string') return skipped(page);
    const { system, signal, options } = context;
    const rules = options.settings.scanners?.yaraRules;
    const opinions = await Promise.all([
      byClamd(page.bytes, system, signal),
      rules === undefined ? null : byRules(rules, page.bytes, facts.target.path, system, signal),
    ]);
    const { status, whole, bytes } = page;
    const said = opinions.filter((one) => one !== null);
    return known({ as: account.uid, status, bytes: bytes.length, whole, opinions: said }, 'request');
  },
};

function endIn(facts: Facts): { address: string; port: number; pid: number } | undefined {
  const found = fact(facts, 'connect.localEnd')?.find(({ end }) => end !== null && end.pid !== null);
  const pid = found?.end?.pid ?? null;
  return found && pid !== null ? { address: found.address, port: found.port, pid } : undefined;
}

/** The identity that decides whose its sockets are: the last of the four numbers (proc_pid_status(5)). */
async function accountOf(pid: number, { files }: System): Promise<Account | null> {
  const read = await files.read(`/proc/${pid}/status`, 64 * 1024);
  if (!read.ok) return null;
  const text = Buffer.from(read.bytes).toString('latin1');
  const [uid, gid] = ['Uid', 'Gid'].map((key) => new RegExp(`^${key}:(?:\\s+\\d+){3}\\s+(\\d+)$`, 'm').exec(text)?.[1]);
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
