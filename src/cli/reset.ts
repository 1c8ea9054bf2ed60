import { carryOut, newId } from '../engine/repair/carry-out.js';
import { planReset, resetDone } from '../engine/repair/plan-reset.js';
import { Cannot } from '../model/cannot.js';
import { renderChangesJson } from '../report/changes.js';
import { planText } from '../report/changes-text.js';
import { clean, inert } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import { declined } from './declined.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { keptBySession, sessionObjection } from './keep-session.js';
import { print, warn } from './output.js';
import type { RepairCall } from './repair-arguments.js';
import { openRepair } from './repair-tools.js';
import { stopSignals, type Stop } from './stop-signals.js';

type ResetCall = Extract<RepairCall, { command: 'reset' }>;

/** `whoblocked reset firewall`: back to what the distribution brings, after a copy of everything that `undo` puts back. */
export async function resetCommand(call: ResetCall, script: string): Promise<number> {
  const stop = stopSignals();
  try {
    return await reset(call, script, stop);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    if (call.json) await print(renderChangesJson({ changes: [], why: error.message }));
    else warn(error.message);
    return stop.code() ?? exitCodes.named;
  } finally {
    stop.forget();
  }
}

const summary = 'The firewall is set back because you asked for it.';

async function reset(call: ResetCall, script: string, stop: Stop): Promise<number> {
  const system = await openSystem();
  if (!system.identity.root) {
    const why = `only root may change the firewall: ${thisInvocation(script).asRoot} reset firewall`;
    if (call.json) await print(renderChangesJson({ changes: [], why }));
    else warn(why);
    return exitCodes.nothingToChange;
  }
  const { tools } = await openRepair(system, script);
  const id = newId(tools);
  const undo = `${thisInvocation(script).plain} undo`;
  const { plan, preview, commands } = await planReset(id, tools);
  const shown = planText({ verdict: null, plan, risk: 'high', commands, preview, undo, until: null });
  if (call.json) process.stderr.write(shown);
  else await print(shown);
  const end = async (text: string, why: string, code: number): Promise<number> => {
    await print(call.json ? renderChangesJson({ changes: [], why }) : text);
    return stop.code() ?? code;
  };
  if (call.dryRun) return end('', 'only shown, nothing was changed (--dry-run)', exitCodes.works);
  const objection = sessionObjection(plan, call.acceptRisk);
  if (objection !== null) return end(`✗ ${objection}\n`, objection, exitCodes.nothingToChange);
  const no = await declined(call.yes, 'Set it back?', stop.signal);
  if (no !== null) return end(`Nothing was changed: ${no}.\n`, no, exitCodes.declined);
  const outcome = await carryOut(
    {
      id,
      remedy: { id: 'reset-firewall', risk: 'high' },
      plan,
      ailment: { target: { input: 'firewall' }, verdict: { cause: 'local-firewall', summary } },
      keepForMs: call.keepForMs,
      until: null,
      signal: stop.signal,
      judge: (signal) => keptBySession(plan, signal),
    },
    tools,
  );
  const changes = outcome.change === null ? [] : [outcome.change];
  const why = outcome.done ? undefined : outcome.why;
  const left = outcome.done ? [] : outcome.left;
  const back =
    left.length === 0 ? 'Everything is as it was before.' : `Not all could be put back; ${undo} ${id} tries again:`;
  const text = outcome.done
    ? [`✓ ${resetDone(plan)}`, `  ${undo} ${id} puts all back as it was.`]
    : [`✗ Not done: ${clean(outcome.why, 300)}.`, `  ${back}`, ...left.map((line) => `  ${line.slice(0, 300)}`)];
  await print(call.json ? renderChangesJson({ changes, why, difference: left }) : `${text.map(inert).join('\n')}\n`);
  return outcome.done ? exitCodes.works : (stop.code() ?? exitCodes.named);
}
