import { diagnose } from '../engine/diagnose.js';
import type { ProgressEvent } from '../engine/gathering-input.js';
import { diagnoseInbound, inboundTarget } from '../engine/inbound.js';
import { gotWorse, type SamplePoint, sampleOf, thatWork } from '../engine/repair/sample.js';
import { Cannot } from '../model/cannot.js';
import { defaultOptions } from '../model/settings.js';
import { parseTarget } from '../model/parse-target.js';
import type { Ailment } from '../model/remedy.js';
import type { Report, Verdict } from '../model/report.js';
import type { System } from '../model/system.js';
import { renderChangesJson, type ChangesReport } from '../report/changes.js';
import { planText, refusedText } from '../report/changes-text.js';
import { clean, inert } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import { isTerminal } from '../system/terminal.js';
import { diagnosedAsApp } from './as-program.js';
import { declined } from './declined.js';
import { optionsOf, proxyOf, whoProbes } from './diagnose.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { keptBySession, sessionObjection } from './keep-session.js';
import { objectionTo } from './objection.js';
import { openPortal, portalPage, portalText } from './open-portal.js';
import { print, warn } from './output.js';
import { progressOn } from './progress.js';
import type { RepairCall } from './repair-arguments.js';
import { type Opened, openRepair } from './repair-tools.js';
import { rootWorkshop } from './root-workshop.js';
import { stopSignals, type Stop } from './stop-signals.js';
import { type Offer, type Offered, ownWorkshop, type Terms, type Workshop } from './workshop.js';
import { WrongWords } from './wrong-words.js';

type FixCall = Extract<RepairCall, { command: 'fix' }>;

/** `whoblocked fix TARGET`: diagnoses, shows the plan, asks, applies, measures again, keeps or takes back. */
export async function fixCommand(call: FixCall, script: string): Promise<number> {
  const target = targetOf(call);
  const system = await openSystem({ asUser: whoProbes(call.flags.as) });
  const stop = stopSignals();
  try {
    return await new Fix(call, script, target, system, stop).run();
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    warn(error.message);
    if (call.flags.json) await print(renderChangesJson({ changes: [], why: error.message }));
    return stop.code() ?? exitCodes.named;
  } finally {
    stop.forget();
  }
}

/** Without what may be secret in it; of a port of this computer as its report names it. */
function targetOf({ target, inbound }: FixCall): string {
  if (inbound !== null) return inboundTarget(inbound.port, inbound.question).input;
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new WrongWords(parsed.why);
  return parsed.target.input;
}

/** As src/engine/repair/choose.ts says it. */
const needsRoot = 'it needs root';

function asCannot(error: unknown): Cannot {
  if (error instanceof Cannot) return error;
  throw error;
}

/** This process still has the variables with which it was started: a new session would have others. */
function asNewSession(variables: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
}

/** What is true although the target works, with what is to be done about it by hand. */
function besides({ also }: Report): string {
  const lines = also.flatMap(({ summary, advice }) =>
    advice === undefined ? [] : [`  also: ${clean(summary, 300)}`, `  what to do: ${clean(advice, 500)}`],
  );
  return lines.map((line) => `${inert(line)}\n`).join('');
}

class Fix {
  constructor(
    private readonly call: FixCall,
    private readonly script: string,
    private readonly target: string,
    private readonly system: System,
    private readonly stop: Stop,
  ) {}

  async run(): Promise<number> {
    // Without a journal nothing can be changed, but what is wrong can be told.
    const opened = await openRepair(this.system, this.script).catch(asCannot);
    const report = await this.#measure(this.stop.signal);
    const code = this.stop.code();
    if (code !== null) return code;
    const { verdict, facts } = report;
    if (verdict.outcome === 'reachable') {
      await this.#show(`✓ ${clean(verdict.summary, 300)} There is nothing to fix.\n${besides(report)}`, {
        before: verdict,
        after: verdict,
      });
      return exitCodes.works;
    }
    const ailment: Ailment = { target: facts.target, verdict, facts };
    if (this.system.platform !== 'linux') return this.#byHand(ailment);
    const page = portalPage(verdict);
    if (page !== null) return this.#portal(verdict, page);
    // What works beside it is seen while the plan is made: it costs nobody time.
    const sampled = thatWork(sampleOf(facts), this.system, this.stop.signal);
    const chosen = await this.#choose(ailment, opened);
    if ('refusals' in chosen) return this.#nothing(verdict, chosen.refusals);
    const { offer, workshop } = chosen;
    try {
      return await this.#offer(offer, workshop, report, sampled);
    } finally {
      workshop.end();
    }
  }

  /** By this process; or, where that takes root, by one that has nothing else to do. */
  async #choose(
    ailment: Ailment,
    opened: Opened | Cannot,
  ): Promise<{ readonly offer: Offer; readonly workshop: Workshop } | { readonly refusals: Offered['refusals'] }> {
    const { root } = this.system.identity;
    const own = opened instanceof Cannot ? null : ownWorkshop(opened.tools, this.system, this.stop.signal);
    if (opened instanceof Cannot && !root) warn(`nothing of this user's own can be changed: ${opened.message}`);
    const noJournal = { remedy: 'any', whyNot: opened instanceof Cannot && root ? opened.message : needsRoot };
    const { only, until } = this.call.fix;
    const wish = { only, until: until?.toISOString() ?? null };
    const { offer, refusals } = await (own?.choose(ailment, wish) ?? { offer: null, refusals: [noJournal] });
    if (offer !== null && own !== null) return { offer, workshop: own };
    const takesRoot = !root && refusals.some(({ whyNot }) => whyNot === needsRoot);
    const workshop = takesRoot ? rootWorkshop(this.script, this.call.fix) : null;
    if (workshop === null) return { refusals };
    try {
      const second = await workshop.choose(ailment, wish);
      if (second.offer !== null) return { offer: second.offer, workshop };
      workshop.end();
      return { refusals: second.refusals };
    } catch (error) {
      workshop.end();
      const { message } = asCannot(error);
      warn(message);
      return { refusals };
    }
  }

  async #offer(
    choice: Offer,
    workshop: Workshop,
    report: Report,
    sampled: Promise<readonly SamplePoint[]>,
  ): Promise<number> {
    const { verdict, facts } = report;
    const ailment: Ailment = { target: facts.target, verdict, facts };
    await this.#showPlan(choice, report);
    if (this.call.fix.dryRun) {
      await this.#show('', { before: verdict, why: 'only shown, nothing was changed (--dry-run)' });
      return exitCodes.works;
    }
    const objection = this.#objection(choice);
    if (objection !== null) {
      await this.#show(`✗ ${objection}\n`, { before: verdict, why: objection });
      return exitCodes.nothingToChange;
    }
    const why = await this.#declined('Apply it?');
    if (why !== null) {
      await this.#show(`Nothing was changed: ${why}.\n`, { before: verdict, why });
      return this.stop.code() ?? exitCodes.declined;
    }
    return this.#carryOut(choice, ailment, workshop, sampled);
  }

  async #carryOut(
    offer: Offer,
    ailment: Ailment,
    workshop: Workshop,
    sampled: Promise<readonly SamplePoint[]>,
  ): Promise<number> {
    let after: Report | null = null;
    const { plan } = offer;
    const { keepForMs, until } = this.call.fix;
    const sample = await sampled;
    const terms: Terms = {
      keepForMs,
      until: until?.toISOString() ?? null,
      signal: this.stop.signal,
      judge: async (signal) => {
        asNewSession(plan.session ?? {});
        const [measured, worse] = await Promise.all([
          this.#measureUntilDone(plan.takesUpToMs ?? 0, signal),
          gotWorse(sample, this.system, signal),
        ]);
        after = measured;
        if (after.verdict.outcome === 'failed')
          return `it does not work with it either: ${after.verdict.summary.replace(/\.$/u, '')}`;
        if (worse.length > 0) return `something else got worse by it: ${worse.map(({ words }) => words).join(', ')}`;
        return keptBySession(plan, signal);
      },
    };
    const outcome = await workshop.carryOut(offer, ailment, terms);
    const seen = after as Report | null;
    const changes = outcome.change === null ? [] : [outcome.change];
    const both = { changes, before: ailment.verdict, ...(seen !== null && { after: seen.verdict }) };
    const undo = `${thisInvocation(this.script).plain} undo${outcome.change === null ? '' : ` ${outcome.change.id}`}`;
    if (outcome.done) {
      await this.#show(`✓ ${clean(this.target, 100)} works now.\n  ${undo} takes the change back.\n`, both);
      return exitCodes.works;
    }
    const back =
      outcome.left.length === 0
        ? 'Everything is as it was before.'
        : `Not all could be taken back; ${undo} tries again:`;
    const left = outcome.left.map((line) => `  ${inert(line.slice(0, 300))}\n`).join('');
    await this.#show(`✗ Not fixed: ${clean(outcome.why, 300)}.\n  ${back}\n${left}`, {
      ...both,
      why: outcome.why,
      difference: outcome.left,
    });
    return this.stop.code() ?? exitCodes.named;
  }

  /** Nothing here is changed for it: its page is opened, or told where that cannot be. */
  async #portal(verdict: Verdict, page: string): Promise<number> {
    const mayOpen = !this.call.fix.dryRun && (await this.#declined('Open its page?')) === null;
    const isOpened = mayOpen && (await openPortal(page, this.system));
    const text = `✗ ${clean(verdict.summary, 300)}\n${portalText(page, isOpened)}`;
    await this.#show(text, { before: verdict, why: isOpened ? `${page} was opened` : `log in at ${page}` });
    return exitCodes.nothingToChange;
  }

  /** Elsewhere nothing is changed: the commands are shown, with their undo. */
  async #byHand(ailment: Ailment): Promise<number> {
    const { byHand, withoutTemplate } = await import('../engine/by-hand.js');
    const found = byHand(this.system.platform, ailment);
    const { verdict } = ailment;
    const whyNot = withoutTemplate[verdict.cause];
    if (found === null) return this.#nothing(verdict, whyNot === undefined ? [] : [{ remedy: 'any', whyNot }]);
    const paste = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);
    const lines = [
      `✗ ${clean(verdict.summary, 300)}`,
      `  On this system whoblocked changes nothing itself. These commands were never tried there:`,
      `  ${clean(found.title, 200)}`,
      ...paste(found.commands),
      ...(found.undo.length === 0 ? [] : ['  and to take it back:', ...paste(found.undo)]),
    ];
    const why = 'on this system it only shows the commands, untried';
    await this.#show(`${lines.map(inert).join('\n')}\n`, { before: verdict, why, byHand: found });
    return exitCodes.nothingToChange;
  }

  async #nothing(
    verdict: Verdict,
    refusals: readonly { readonly remedy: string; readonly whyNot: string }[],
  ): Promise<number> {
    if (verdict.outcome === 'degraded') {
      await this.#show(`✓ ${clean(verdict.summary, 300)}\n`, { before: verdict, after: verdict });
      return exitCodes.works;
    }
    const { asRoot } = thisInvocation(this.script);
    const needed = `It takes root to change that: ${asRoot} fix ${this.target}`;
    const isRoots = refusals.some(({ whyNot }) => whyNot === needsRoot);
    await this.#show(refusedText(verdict, isRoots ? needed : refusals), {
      before: verdict,
      why: 'there is nothing that it may change',
      refusals,
    });
    return exitCodes.nothingToChange;
  }

  #objection({ plan }: Offer): string | null {
    return objectionTo(plan, this.call.fix) ?? sessionObjection(plan, this.call.fix.acceptRisk);
  }

  #declined(question: string): Promise<string | null> {
    return declined(this.call.fix.yes, question, this.stop.signal);
  }

  /** Again while it fails and somebody else may still be about to carry the change out. */
  async #measureUntilDone(withinMs: number, signal: AbortSignal): Promise<Report> {
    const { clock } = this.system;
    const end = clock.now() + withinMs;
    for (;;) {
      const began = clock.now();
      const measured = await this.#measure(signal);
      if (measured.verdict.outcome !== 'failed' || began >= end || signal.aborted) return measured;
      await clock.sleep(500, signal);
    }
  }

  async #measure(signal: AbortSignal): Promise<Report> {
    const { flags, inbound } = this.call;
    const progress = isTerminal(2) ? progressOn(process.stderr) : null;
    const onProgress = (event: ProgressEvent): void => progress?.onProgress(event);
    try {
      const options = await optionsOf(flags, this.system);
      if (inbound !== null) {
        const { port, question } = inbound;
        const given = { system: this.system, options: { ...defaultOptions, ...options }, signal, onProgress };
        return await diagnoseInbound(port, question, given);
      }
      const { app } = this.call;
      if (app !== null) {
        const words = { ...options, proxy: proxyOf(flags) };
        return await diagnosedAsApp(app, this.target, words, { script: this.script, system: this.system, signal });
      }
      return await diagnose(this.target, {
        ...options,
        proxy: proxyOf(flags),
        system: this.system,
        signal,
        onProgress,
      });
    } finally {
      progress?.end();
    }
  }

  async #showPlan({ plan, remedy, commands, preview }: Offer, { verdict }: Report): Promise<void> {
    const { plain } = thisInvocation(this.script);
    const until = this.call.fix.until?.toLocaleString('sv') ?? null;
    const text = planText({ verdict, plan, risk: remedy.risk, commands, preview, undo: `${plain} undo`, until });
    if (this.call.flags.json) process.stderr.write(text);
    else await print(text);
  }

  async #show(
    text: string,
    report: Omit<ChangesReport, 'changes'> & Partial<Pick<ChangesReport, 'changes'>>,
  ): Promise<void> {
    await print(this.call.flags.json ? renderChangesJson({ changes: [], ...report }) : text);
  }
}
