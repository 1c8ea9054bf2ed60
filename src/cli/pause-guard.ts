import { diagnose } from '../engine/diagnose.js';
import { carryOut, newId } from '../engine/repair/carry-out.js';
import { rehearse } from '../engine/repair/choose.js';
import { planPassing, type PassBy } from '../engine/repair/plan-passing.js';
import { planOff } from '../engine/repair/plan-reset.js';
import type { Tools } from '../engine/repair/tools.js';
import type { Plan } from '../model/remedy.js';
import type { Report, Verdict } from '../model/report.js';
import type { System } from '../model/system.js';
import { renderChangesJson, type ChangesReport } from '../report/changes.js';
import { planText } from '../report/changes-text.js';
import { clean, inert } from '../report/clean.js';
import { provenBy, showedBy } from '../report/pause-proof.js';
import { labelled } from '../report/text.js';
import { openSystem } from '../system/open-system.js';
import { countDown } from './countdown.js';
import { declined } from './declined.js';
import { optionsOf, proxyOf, whoProbes } from './diagnose.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { sessionObjection } from './keep-session.js';
import { objectionTo } from './objection.js';
import { print, warn } from './output.js';
import { endWords, graceMs, over, question, tried } from './pause-terms.js';
import { type PauseCall, targetOf, wordsOf } from './pause-target.js';
import { openRepair } from './repair-tools.js';
import type { Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

type Guard = PassBy['guard'];

export async function pauseGuard(call: PauseCall, guard: Guard, script: string, stop: Stop): Promise<number> {
  const target = targetOf(call);
  if (target === null)
    throw new WrongWords(`say what is to be let through: whoblocked pause ${guard} https://example.com -- COMMAND`);
  const asUser = whoProbes(call.flags.as);
  const system = await openSystem({ asUser });
  if (!system.identity.root) {
    warn(`only root may let something past: ${thisInvocation(script).asRoot} ${wordsOf(call)}`);
    return exitCodes.nothingToChange;
  }
  const { tools } = await openRepair(system, script);
  const measure = async (on: System, signal: AbortSignal): Promise<Report> =>
    diagnose(target.input, {
      ...(await optionsOf(call.flags, on)),
      proxy: proxyOf(call.flags),
      system: on,
      signal,
    });
  const report = await measure(system, stop.signal);
  const { verdict } = report;
  // What a web shield gives instead of a page works, too.
  if (verdict.outcome === 'reachable' && guard !== 'antivirus') {
    await tell(call, `✓ ${clean(verdict.summary, 300)} Nothing stops it.\n`, { before: verdict });
    return exitCodes.works;
  }
  const id = newId(tools);
  const mark = 0x77_62_00_00 | ((tools.random(2)[0] ?? 0) << 4) | 1;
  const isOwn = call.words === null && system.identity.sockets === 'ffi';
  const whose = isOwn ? { mark } : { uid: asUser?.uid ?? process.geteuid?.() ?? 0 };
  const until = Math.ceil((Date.now() + call.forMs + graceMs) / 1000);
  const ailment = { target: report.facts.target, verdict, facts: report.facts };
  const eyes = { system, signal: stop.signal };
  const planned = call.whole
    ? await planOff(id, tools)
    : await passing(await planPassing({ guard, whose, until }, ailment, eyes), id, tools);
  if ('whyNot' in planned) {
    const why = planned.whyNot;
    const whole = wholeWords[guard];
    const text = `✗ ${clean(verdict.summary, 300)}\n  Nothing was paused: ${clean(why, 300)}${whole}.\n`;
    await tell(call, text, { before: verdict, why });
    return exitCodes.nothingToChange;
  }
  const marked = isOwn && !call.whole ? await openSystem({ asUser, mark }) : system;
  return new Pause(call, guard, script, id, tools, stop).run(planned, report, (on, signal) =>
    measure(on === 'paused' ? marked : system, signal),
  );
}

const wholeWords: Readonly<Record<Guard, string>> = {
  firewall: ' (--whole switches the whole firewall off for that time)',
  vpn: '',
  antivirus: ' (--whole stops the scanner that watches files for that time)',
};

interface Planned {
  readonly plan: Plan;
  readonly preview: readonly string[];
  readonly commands: readonly string[];
}

async function passing(
  plan: Plan | { readonly whyNot: string },
  id: string,
  tools: Tools,
): Promise<Planned | { readonly whyNot: string }> {
  return 'whyNot' in plan ? plan : { plan, ...(await tools.journal.locked(() => rehearse(plan, id, tools))) };
}

class Pause {
  constructor(
    private readonly call: PauseCall,
    private readonly guard: Guard,
    private readonly script: string,
    private readonly id: string,
    private readonly tools: Tools,
    private readonly stop: Stop,
  ) {}

  async run(
    { plan, preview, commands }: Planned,
    report: Report,
    measure: (on: 'paused' | 'as before', signal: AbortSignal) => Promise<Report>,
  ): Promise<number> {
    const { call, stop } = this;
    const { verdict } = report;
    const undo = `${thisInvocation(this.script).plain} undo`;
    const until = endWords(call);
    const risk = call.whole || this.guard === 'vpn' ? 'high' : 'low';
    process.stderr.write(planText({ verdict, plan, risk, commands, preview, undo, until }));
    const objection = this.#objection(plan);
    if (objection !== null) {
      await tell(call, `${objection}\n`, { before: verdict, why: objection });
      return exitCodes.nothingToChange;
    }
    const why = await declined(call.yes, question, stop.signal);
    if (why !== null) {
      await tell(call, `Nothing was paused: ${why}.\n`, { before: verdict, why });
      return stop.code() ?? exitCodes.declined;
    }
    const seen: { code: number | null; during?: Verdict } = { code: null };
    const outcome = await carryOut(
      {
        id: this.id,
        remedy: { id: `pause-${this.guard}`, risk },
        plan,
        ailment: { target: report.facts.target, verdict },
        keepForMs: call.forMs + graceMs,
        until: null,
        signal: stop.signal,
        // It is never kept: whatever the try shows, it ends here.
        judge: async (signal) => {
          const ended = new AbortController();
          const end = AbortSignal.any([signal, ended.signal]);
          const timer = setTimeout(() => ended.abort(), call.forMs);
          if (call.whole) countDown('The whole firewall is off', Math.round(call.forMs / 1000), end);
          try {
            // The shorter one first: the command may take all of the time.
            seen.during = (await measure('paused', end)).verdict;
            if (call.words !== null) seen.code = await tried(call, call.words, end);
          } finally {
            clearTimeout(timer);
            ended.abort();
          }
          return over;
        },
      },
      this.tools,
    );
    const { code, during } = seen;
    const isBack = !outcome.done && outcome.left.length === 0;
    const isWorth = isBack && during !== undefined && during.outcome !== 'failed' && !stop.signal.aborted;
    const after = isWorth ? (await measure('as before', stop.signal)).verdict : undefined;
    const tries = { before: verdict, during, after };
    const proof = isBack ? provenBy(this.guard, tries) : null;
    const works = during !== undefined && during.outcome !== 'failed';
    const wentWrong = !outcome.done && outcome.why !== over ? ` (${outcome.why})` : '';
    const said = `${showedBy(this.guard, tries)}${wentWrong}`;
    const lines = [
      `${works ? '✓' : '✗'} ${clean(said, 400)}.`,
      ...(proof === null ? [] : labelled('proven', clean(proof.summary, 300), 80).map(({ text }) => text)),
      ...(code === null ? [] : [`  The command ended with ${code}.`]),
      isBack ? '  All is as it was before.' : `  Not all could be taken back: ${undo} ${this.id} tries again.`,
    ];
    const changes = outcome.change === null ? [] : [outcome.change];
    const verdicts = { before: proof ?? verdict, ...(during && { after: during }) };
    await tell(call, `${lines.map(inert).join('\n')}\n`, { changes, ...verdicts, why: said });
    if (!isBack) return exitCodes.ownFault;
    return stop.code() ?? code ?? (works ? exitCodes.works : exitCodes.named);
  }

  #objection(plan: Plan): string | null {
    const { whole, allowWider, acceptRisk } = this.call;
    // The whole guard was asked for in so many words.
    const objection = objectionTo(plan, { allowWider: allowWider || whole, acceptRisk });
    if (objection !== null) return objection;
    return sessionObjection(plan, acceptRisk);
  }
}

async function tell(
  call: PauseCall,
  text: string,
  report: Omit<ChangesReport, 'changes'> & Partial<Pick<ChangesReport, 'changes'>>,
): Promise<void> {
  if (call.flags.json) await print(renderChangesJson({ changes: [], ...report }));
  else process.stderr.write(text);
}
