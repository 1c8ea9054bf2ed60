import { carryOut, newId } from '../engine/repair/carry-out.js';
import { planScannerOff } from '../engine/repair/plan-guard-off.js';
import { renderChangesJson } from '../report/changes.js';
import { planText } from '../report/changes-text.js';
import { clean, inert } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import { countDown } from './countdown.js';
import { declined } from './declined.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import { endWords, graceMs, over, question, tried } from './pause-terms.js';
import { type PauseCall, wordsOf } from './pause-target.js';
import { openRepair } from './repair-tools.js';
import type { Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** `pause antivirus --whole -- COMMAND`: the scanner that watches files is off for everything, with a countdown. */
export async function pauseScanner(call: PauseCall, script: string, stop: Stop): Promise<number> {
  const { words } = call;
  if (words === null) throw new WrongWords('say what to try: whoblocked pause antivirus --whole -- COMMAND');
  const system = await openSystem();
  if (!system.identity.root) {
    warn(`only root may stop a scanner: ${thisInvocation(script).asRoot} ${wordsOf(call)}`);
    return exitCodes.nothingToChange;
  }
  const { tools } = await openRepair(system, script);
  const id = newId(tools);
  const undo = `${thisInvocation(script).plain} undo`;
  const planned = await planScannerOff(id, tools);
  if ('whyNot' in planned) return nothing(call, planned.whyNot, exitCodes.nothingToChange);
  process.stderr.write(planText({ verdict: null, risk: 'high', ...planned, undo, until: endWords(call) }));
  const why = await declined(call.yes, question, stop.signal);
  if (why !== null) return nothing(call, why, stop.code() ?? exitCodes.declined);
  let code: number | null = null;
  const outcome = await carryOut(
    {
      id,
      remedy: { id: 'pause-antivirus', risk: 'high' },
      plan: planned.plan,
      ailment: {
        target: { input: words[0] },
        verdict: { cause: 'antivirus-blocks-app', summary: 'You asked for it.' },
      },
      keepForMs: call.forMs + graceMs,
      until: null,
      signal: stop.signal,
      judge: async (signal) => {
        const end = AbortSignal.any([signal, AbortSignal.timeout(call.forMs)]);
        countDown('The scanner is off', Math.round(call.forMs / 1000), end);
        code = await tried(call, words, end);
        return over;
      },
    },
    tools,
  );
  const isBack = !outcome.done && outcome.left.length === 0;
  const said = code === null ? `it was not tried: ${outcome.done ? '' : outcome.why}` : `with the scanner off the command ends with ${String(code)}`; // prettier-ignore
  const back = isBack ? 'The scanner watches again.' : `It could not be started again: ${undo} ${id} tries once more.`;
  const changes = outcome.change === null ? [] : [outcome.change];
  if (call.flags.json) await print(renderChangesJson({ changes, why: said }));
  else
    process.stderr.write(`${[`${code === 0 ? '✓' : '✗'} ${clean(said, 400)}.`, `  ${back}`].map(inert).join('\n')}\n`);
  return isBack ? (stop.code() ?? code ?? exitCodes.named) : exitCodes.ownFault;
}

async function nothing(call: PauseCall, why: string, code: number): Promise<number> {
  if (call.flags.json) await print(renderChangesJson({ changes: [], why }));
  else process.stderr.write(`Nothing was paused: ${clean(why, 300)}.\n`);
  return code;
}
