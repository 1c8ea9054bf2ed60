import { parseTarget } from '../model/parse-target.js';
import { shellWord } from '../model/shell-word.js';
import type { Target } from '../model/target.js';
import type { RepairCall } from './repair-arguments.js';
import { WrongWords } from './wrong-words.js';

export type PauseCall = Extract<RepairCall, { command: 'pause' }>;

/** The same call as words that can be pasted, without what a target must not keep. */
export function wordsOf(call: PauseCall): string {
  const target = call.target === null ? null : targetOf(call);
  return [
    'pause',
    call.what,
    ...(target === null ? [] : [target.input]),
    '--for',
    `${Math.round(call.forMs / 1000)}s`,
    ...(call.whole ? ['--whole'] : []),
    ...(call.allowWider ? ['--allow-wider'] : []),
    ...(call.acceptRisk ? ['--i-accept-the-risk'] : []),
    ...probedWords(call.flags),
    ...(call.words === null ? [] : ['--', ...call.words]),
  ]
    .map(shellWord)
    .join(' ');
}

/** As whom and by which way it is tried: without these another connection would be let past. */
function probedWords({ as, family, interface: device, proxy }: PauseCall['flags']): string[] {
  return [
    ...(as === null ? [] : ['--as', as]),
    ...(family === 0 ? [] : [`-${family}`]),
    ...(device === null ? [] : ['--interface', device]),
    ...(proxy === 'none' ? ['--no-proxy'] : []),
  ];
}

/** The target that is named, or the first word of the command that is one; null when there is none. */
export function targetOf({ target, words }: PauseCall): Target | null {
  if (target !== null) {
    const parsed = parseTarget(target);
    if (!parsed.ok) throw new WrongWords(parsed.why);
    return parsed.target;
  }
  for (const word of words?.slice(1) ?? []) {
    const parsed = /:\/\/|:\d+$/.test(word) ? parseTarget(word) : null;
    if (parsed?.ok) return parsed.target;
  }
  return null;
}
