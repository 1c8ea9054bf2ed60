import { foundIn } from '../../logs/clamav-log.js';
import { logText } from '../../logs/log-text.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { ProgramGuardsFact } from '../../model/guard-facts.js';
import { known } from '../../model/observed.js';
import type { Files } from '../../model/system.js';
import { clamSettings } from '../clamav/settings.js';
import { listQuarantine } from '../quarantine/list.js';
import { coveredBy, type Marked, markedBy, pathsOf } from './covering.js';
import type { GuardNames } from './guards.js';
import { heldByProcesses } from './held-by-processes.js';

const logBytes = 256 * 1024;
const slackMs = 1_000;
const mostGuards = 50;
const mostTasks = 200;

/** Which guards are asked before the named program's file is opened, what they said of it, and whether one moved it away. */
export function programGuardsNamed(names: GuardNames): Gatherer<'device.programGuards'> {
  return {
    fact: 'device.programGuards',
    needs: ['device.program'],
    base: false,
    cost: 'local',
    platforms: ['linux'],
    privilege: 'none',
    when: (facts) => (fact(facts, 'device.program') ? null : 'no program was named'),
    async gather(facts, context) {
      const { system } = context;
      const program = fact(facts, 'device.program');
      const named = [program?.path, program?.interpreter?.path].filter((path) => typeof path === 'string');
      const paths = (await Promise.all(named.map((path) => pathsOf(path, system.files)))).flat();
      const files = [...new Set(paths)];
      const [held, marked, list, found] = await Promise.all([
        heldByProcesses(system.files),
        Promise.all(files.map((path) => markedBy(path, system.files))),
        listQuarantine(system),
        foundOf(files, context),
      ]);
      const asked = held.holders.flatMap(({ pid, groups }) => {
        const marks = groups.flatMap((group) => group.marks);
        const process = held.processes.find((one) => one.pid === pid)?.name ?? '';
        return marked.flatMap((one) => {
          const by = firstOf(marks, one);
          return by === null ? [] : [{ pid, process, product: names.product(process, null), file: one.path, by }];
        });
      });
      const quarantined = list.files.find(
        ({ original, state }) => original !== null && state !== 'gone' && files.includes(original),
      );
      const closed = held.hidden > 0 ? ['what other users’ programs hold, which only root may see'] : [];
      const guards = held.processes.flatMap(({ pid, name }) => {
        const product = names.product(name, null);
        return product !== null || asked.some((one) => one.pid === pid) ? [{ pid, process: name, product }] : [];
      });
      const isOne = new Set(asked.map(({ pid }) => pid)).size < 2;
      const waiting = isOne ? {} : { waiting: await waitingOf(guards, system.files) };
      const value = { files, asked, ...waiting, quarantined: quarantined ?? null, found, closed };
      return known(value, '/proc/PID/fdinfo');
    },
  };
}

/** Those with a thread that the kernel holds until somebody answers (fs/notify/fanotify/fanotify.c). */
async function waitingOf<T extends { readonly pid: number }>(guards: readonly T[], files: Files): Promise<T[]> {
  const waits = await Promise.all(
    guards.slice(0, mostGuards).map(async ({ pid }) => {
      const tasks = (await files.list(`/proc/${pid}/task`, mostTasks)) ?? [];
      const where = await Promise.all(tasks.map((task) => files.read(`/proc/${pid}/task/${task}/wchan`, 128)));
      return where.some(
        (one) => one.ok && Buffer.from(one.bytes).toString('latin1').startsWith('fanotify_handle_event'),
      );
    }),
  );
  return guards.filter((_one, i) => waits[i]);
}

function firstOf(marks: readonly Parameters<typeof coveredBy>[0][], one: Marked) {
  for (const mark of marks) {
    const by = coveredBy(mark, one);
    if (by) return by;
  }
  return null;
}

/** `PATH: SIGNATURE FOUND` in the log of clamd, which has times. */
async function foundOf(
  files: readonly string[],
  { system, options, remaining }: Context,
): Promise<ProgramGuardsFact['found']> {
  const settings = await clamSettings(system.files);
  const location = settings?.log ?? null;
  if (location === null) return null;
  const read = await system.files.tail(location, logBytes);
  if (!read.ok) return null;
  const text = logText(read.bytes);
  const since = system.clock.wall().getTime() - Math.max(0, options.timeoutMs - remaining()) - slackMs;
  for (const file of files) {
    const { signature, at } = foundIn(file, text);
    if (signature === null) continue;
    const now = at !== null && at >= since;
    return { product: 'ClamAV', file, signature, at: at === null ? null : new Date(at).toISOString(), now, location };
  }
  return null;
}
