import { diagnose } from '../engine/diagnose.js';
import { carryOut, newId } from '../engine/repair/carry-out.js';
import { choose, type Choice } from '../engine/repair/choose.js';
import type { Tools } from '../engine/repair/tools.js';
import { Cannot } from '../model/cannot.js';
import { parseTarget } from '../model/parse-target.js';
import type { Report, Verdict } from '../model/report.js';
import type { Target } from '../model/target.js';
import { renderChangesJson } from '../report/changes.js';
import { planText } from '../report/changes-text.js';
import { clean, inert } from '../report/clean.js';
import { invokingUser } from '../system/identity.js';
import { askYes, canAsk } from '../system/ask.js';
import { openSystem } from '../system/open-system.js';
import { runCommand } from '../system/run-command.js';
import { optionsOf, proxyOf, whoProbes } from './diagnose.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import type { RepairCall } from './repair-arguments.js';
import { openRepair } from './repair-tools.js';
import { stopSignals, type Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

type PauseCall = Extract<RepairCall, { command: 'pause' }>;

/** Every spelling that programs read (curl, Python, Node, Go). */
const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'ftp_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/**
 * `whoblocked pause firewall|proxy [TARGET] --for 30s -- COMMAND`: "turn it off for a moment and try again", made safe. Of
 * the firewall only this target is let past, for that time; of the proxy, only this command does without.
 */
export async function pauseCommand(call: PauseCall, script: string): Promise<number> {
  const stop = stopSignals();
  try {
    return call.what === 'proxy' ? await withoutProxy(call, stop) : await withoutFirewall(call, script, stop);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    warn(error.message);
    return stop.code() ?? exitCodes.named;
  } finally {
    stop.forget();
  }
}

async function withoutProxy({ words, flags }: PauseCall, stop: Stop): Promise<number> {
  if (words === null) throw new WrongWords('say what to try: whoblocked pause proxy -- COMMAND');
  const stdout = flags.json ? 'stderr' : 'inherit';
  const code = await runCommand(words, { without: proxyVariables, stdout, signal: stop.signal });
  const said = code === 0 ? 'it works without the proxy variables' : `without the proxy variables it ends with ${code}`;
  if (flags.json) await print(renderChangesJson({ changes: [], why: said }));
  else process.stderr.write(`${code === 0 ? '✓' : '✗'} ${said}; nothing was changed.\n`);
  return stop.code() ?? code;
}

async function withoutFirewall(call: PauseCall, script: string, stop: Stop): Promise<number> {
  const target = targetOf(call);
  const system = await openSystem({ asUser: whoProbes(call.flags.as) });
  if (!system.identity.root) {
    warn(`only root may let something past the firewall: ${thisInvocation(script).asRoot} pause firewall …`);
    return exitCodes.nothingToChange;
  }
  const measure = async (signal: AbortSignal): Promise<Report> =>
    diagnose(target.input, { ...(await optionsOf(call.flags, system)), proxy: proxyOf(call.flags), system, signal });
  const { tools } = await openRepair(system, script);
  const before = await measure(stop.signal);
  const { verdict, facts } = before;
  if (verdict.outcome === 'reachable') {
    await tell(call, `✓ ${clean(verdict.summary, 300)} The firewall does not stop it.\n`, { before: verdict });
    return exitCodes.works;
  }
  const id = newId(tools);
  const ailment = { target: facts.target, verdict, facts };
  const { choice, refusals } = await choose(ailment, 'allow-in-firewall', id, { system, signal: stop.signal }, tools);
  if (choice === null) {
    const why = refusals[0]?.whyNot ?? 'what was measured does not point to the firewall of this computer';
    await tell(call, `✗ ${clean(verdict.summary, 300)}\n  Nothing was paused: ${clean(why, 300)}.\n`, {
      before: verdict,
      why,
    });
    return exitCodes.nothingToChange;
  }
  return pauseFor(call, script, { choice, before, id, target, measure }, tools, stop);
}

interface Paused {
  readonly choice: Choice;
  readonly before: Report;
  readonly id: string;
  readonly target: Target;
  measure(signal: AbortSignal): Promise<Report>;
}

async function pauseFor(call: PauseCall, script: string, paused: Paused, tools: Tools, stop: Stop): Promise<number> {
  const { choice, before, id, measure } = paused;
  const { verdict } = before;
  const { plan, remedy, commands, preview } = choice;
  const seconds = Math.round(call.forMs / 1000);
  const until = `after ${seconds} s, or when it was tried`;
  const undo = `${thisInvocation(script).plain} undo`;
  const shown = planText({ verdict, plan, risk: remedy.risk, commands, preview, undo, until });
  process.stderr.write(shown);
  if (plan.wider && !call.allowWider) {
    await tell(call, 'It would let more through than this target: --allow-wider allows that.\n', { before: verdict });
    return exitCodes.nothingToChange;
  }
  if (!call.yes && !(canAsk() && (await askYes('Let it through for that time?', stop.signal)))) {
    await tell(call, 'Nothing was paused.\n', { before: verdict, why: 'declined' });
    return stop.code() ?? exitCodes.declined;
  }
  let code = 0;
  let during: Verdict | undefined;
  const outcome = await carryOut(
    {
      id,
      remedy,
      plan,
      ailment: { target: before.facts.target, verdict, facts: before.facts },
      keepForMs: call.forMs,
      until: null,
      signal: stop.signal,
      // It is never kept: whatever the try shows, the exception goes.
      judge: async (signal) => {
        if (call.words !== null) code = await tried(call, signal);
        during = (await measure(signal)).verdict;
        return over;
      },
    },
    tools,
  );
  const changes = outcome.change === null ? [] : [outcome.change];
  const isBack = !outcome.done && outcome.left.length === 0;
  const works = during !== undefined && during.outcome !== 'failed';
  const isProof = works && isBack && !outcome.done && outcome.why === over;
  const shownBefore: Verdict = isProof ? { ...verdict, certainty: 'proven' } : verdict;
  const lines = isProof
    ? [`✓ With that exception it works, without it it fails: ${clean(verdict.summary, 300)}`]
    : [
        `✗ ${during === undefined ? `It was not tried: ${outcome.done ? '' : clean(outcome.why, 300)}.` : `With that exception it fails too: ${clean(during.summary, 300)}`}`,
      ];
  if (call.words !== null && during !== undefined) lines.push(`  The command ended with ${code}.`);
  lines.push(
    isBack ? '  The firewall is as it was before.' : `  Not all could be taken back: ${undo} ${id} tries again.`,
  );
  await tell(call, `${lines.map(inert).join('\n')}\n`, { changes, before: shownBefore, after: during });
  if (!isBack) return exitCodes.ownFault;
  return stop.code() ?? (call.words === null ? (works ? exitCodes.works : exitCodes.named) : code);
}

const over = 'the pause is over';

/** Under sudo the command runs as the user who typed it. */
function tried(call: PauseCall, signal: AbortSignal): Promise<number> {
  if (call.words === null) return Promise.resolve(0);
  const user = invokingUser(process.env);
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  return runCommand(call.words, { ...identity, stdout: call.flags.json ? 'stderr' : 'inherit', signal });
}

/** The target that is named, or the first word of the command that is one. */
function targetOf({ target, words }: PauseCall): Target {
  if (target !== null) {
    const parsed = parseTarget(target);
    if (!parsed.ok) throw new WrongWords(parsed.why);
    return parsed.target;
  }
  for (const word of words?.slice(1) ?? []) {
    const parsed = /:\/\/|:\d+$/.test(word) ? parseTarget(word) : null;
    if (parsed?.ok) return parsed.target;
  }
  throw new WrongWords('say what is to be let through: whoblocked pause firewall https://example.com -- COMMAND');
}

async function tell(
  call: PauseCall,
  text: string,
  report: Omit<Parameters<typeof renderChangesJson>[0], 'changes'> & {
    readonly changes?: Parameters<typeof renderChangesJson>[0]['changes'];
  },
): Promise<void> {
  if (call.flags.json) await print(renderChangesJson({ changes: [], ...report }));
  else process.stderr.write(text);
}
