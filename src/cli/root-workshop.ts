import type { Outcome } from '../engine/repair/carry-out.js';
import { Cannot } from '../model/cannot.js';
import { canAsk } from '../system/ask.js';
import { type RootProcess, startAsRoot } from '../system/linux/root-process.js';
import { rootWord } from './arguments.js';
import type { RootAnswer, RootRequest } from './root-words.js';
import { warn } from './output.js';
import type { Allowed } from './objection.js';
import type { Guarded, UndoDone, UndoWish } from './take-back-these.js';
import type { Workshop } from './workshop.js';

/** What needs root, done by a process of its own that does nothing else. Null where there is no way to become root. */
export function rootWorkshop(script: string, { allowWider, acceptRisk }: Allowed): Workshop | null {
  const line = openLine(script);
  if (line === null) return null;
  return {
    async choose({ facts }, { only, until }) {
      const answer = await line.ask({ do: 'plan', facts, only, until });
      if (answer.is === 'planned') return answer;
      throw unexpected(answer);
    },
    async carryOut(_offer, _ailment, { keepForMs, until, judge, signal }): Promise<Outcome> {
      let answer = await line.ask({ do: 'apply', keepForMs, until, allowWider, acceptRisk });
      while (answer.is === 'judge') {
        const why = signal.aborted ? 'it was interrupted' : await judge(signal);
        answer = await line.ask({ do: 'judged', why: signal.aborted ? 'it was interrupted' : why });
      }
      if (answer.is === 'done') return answer.outcome;
      throw unexpected(answer);
    },
    end: () => line.end(),
  };
}

/** Of what was changed as root; null where there is no way to become root. */
export async function undoAsRoot(
  script: string,
  { id, all, anyway }: UndoWish,
  { guard, judge }: Guarded,
): Promise<UndoDone | null> {
  const line = openLine(script);
  if (line === null) return null;
  try {
    let answer = await line.ask({ do: 'undo', id, all, anyway, guard });
    while (answer.is === 'judge')
      answer = await line.ask({ do: 'judged', why: await judge(new AbortController().signal) });
    if (answer.is === 'undone') return answer;
    throw unexpected(answer);
  } finally {
    line.end();
  }
}

interface Line {
  ask(request: RootRequest): Promise<RootAnswer>;
  end(): void;
}

function openLine(script: string): Line | null {
  const root: RootProcess | null = startAsRoot(script, rootWord, canAsk());
  if (root === null) return null;
  warn(`this step takes root, and only this: ${root.shown}`);
  let hasSpoken = false;
  return {
    async ask(request) {
      root.tell(JSON.stringify(request));
      const said = await root.hear();
      if (said === null)
        throw new Cannot(
          hasSpoken
            ? 'the process that runs as root ended too early; its watchdog takes back what was not confirmed'
            : 'root was not given: nothing was changed',
        );
      hasSpoken = true;
      if (said === '') throw new Cannot('the process that runs as root said more than can be read');
      // Both ends are this program.
      return JSON.parse(said) as RootAnswer;
    },
    end: () => root.end(),
  };
}

function unexpected(answer: RootAnswer): Error {
  return answer.is === 'cannot' ? new Cannot(answer.why) : new Cannot('it answered what was not asked');
}
