import { Cannot } from '../../model/cannot.js';
import type { ProcessLimit } from '../../model/service-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

interface Limits {
  readonly soft: number;
  /** Null: no limit. */
  readonly hard: number | null;
}

interface Before extends Limits {
  /** Clock ticks since boot: a number of a process is given anew. */
  readonly started: string;
}

const bounds = { timeoutMs: 5_000 };

/** A process that runs may have more files open (prlimit(1)); nothing of it is restarted. */
export const operation: OperationKindOf<ProcessLimit, Before> = {
  kind: 'process-limit',
  check(json) {
    const args = new Arguments('process-limit', json);
    const checked: ProcessLimit = {
      kind: args.oneOf('kind', ['process-limit']),
      pid: args.whole('pid', 2, 4_194_304),
      process: args.text('process', 64),
      files: args.whole('files', 64, 1_048_576),
    };
    args.end();
    return checked;
  },
  commands: (operation, _id, before) => [`prlimit ${wordsOf(operation.pid, raised(operation, before)).join(' ')}`],
  undo: ({ pid }, _id, before) => [`prlimit ${wordsOf(pid, before).join(' ')}`],
  async capture({ pid, process, files }, hands) {
    const now = await processAt(pid, hands);
    if (now === null || now.name !== process) throw new Cannot(`process ${pid} is not ${process} any more`);
    if (now.soft >= files) throw new Cannot(`${process} may open ${now.soft} files already`);
    return { soft: now.soft, hard: now.hard, started: now.started };
  },
  preview: ({ pid, process, files }, { soft }) => [`  files that ${process} (process ${pid}) may have open:`, `- ${soft}`, `+ ${files}`], // prettier-ignore
  async apply(operation, before, hands) {
    await set(operation.pid, raised(operation, before), hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await processAt(operation.pid, hands);
    // What ended took the limit along: nothing of the change is left.
    if (now === null || now.started !== before.started) return { is: 'before' };
    if (now.soft === before.soft && now.hard === before.hard) return { is: 'before' };
    const left = raised(operation, before);
    if (now.soft === left.soft && now.hard === left.hard) return { is: 'after' };
    return { is: 'other', ours: false, difference: [`  ${operation.process} may have ${now.soft} files open`] };
  },
  async revert(operation, before, hands) {
    const now = await processAt(operation.pid, hands);
    if (now?.started === before.started && now.soft === operation.files) await set(operation.pid, before, hands);
  },
};

function raised({ files }: ProcessLimit, { hard }: Limits): Limits {
  return { soft: files, hard: hard === null ? null : Math.max(hard, files) };
}

function wordsOf(pid: number, { soft, hard }: Limits): string[] {
  return ['--pid', String(pid), `--nofile=${soft}:${hard ?? 'unlimited'}`];
}

async function set(pid: number, limits: Limits, { run }: Hands): Promise<void> {
  mustHaveRun('prlimit', await run('prlimit', wordsOf(pid, limits), bounds));
}

async function processAt(pid: number, hands: Hands): Promise<(Before & { readonly name: string }) | null> {
  const [name, stat, limits] = await Promise.all(
    ['comm', 'stat', 'limits'].map((file) => textOf(`/proc/${pid}/${file}`, hands)),
  );
  if (name == null || stat == null || limits == null) return null;
  const [, soft, hard = ''] = /^Max open files\s+(\d+)\s+(\d+|unlimited)/m.exec(limits) ?? [];
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  if (soft === undefined || started === undefined) return null;
  return { name: name.trim(), started, soft: Number(soft), hard: hard === 'unlimited' ? null : Number(hard) };
}

async function textOf(path: string, { disk }: Hands): Promise<string | null> {
  try {
    const found = await disk.read(path, 16 * 1024);
    return found === null ? null : Buffer.from(found.bytes).toString('latin1');
  } catch (error) {
    if (error instanceof Cannot) return null;
    throw error;
  }
}
