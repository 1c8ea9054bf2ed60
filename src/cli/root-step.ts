import type { Outcome } from '../engine/repair/carry-out.js';
import { pressWithinMs } from '../engine/repair/try-undo.js';
import { rejudge } from '../engine/replay.js';
import { Cannot } from '../model/cannot.js';
import type { Change } from '../model/change.js';
import type { Ailment } from '../model/remedy.js';
import { LineReader } from '../system/linux/watchdog-process.js';
import { accountNamed, invokingUser } from '../system/identity.js';
import { openSystem } from '../system/open-system.js';
import { exitCodes } from './exit-codes.js';
import { objectionTo } from './objection.js';
import { type Opened, openRepair } from './repair-tools.js';
import { checkRequest, type RootAnswer, type RootRequest } from './root-words.js';
import { takeBackThese } from './take-back-these.js';
import { type Offer, ownWorkshop, type Workshop } from './workshop.js';
import { WrongWords } from './wrong-words.js';

const longestLine = 16 * 1024 * 1024;
const idleMs = 600_000;

/**
 * The other end of a change that needs root, started by sudo or pkexec: it reads requests of a closed list by standard
 * input, plans by its own look at the machine, and takes back what is not confirmed when whoever asked has ended.
 */
export async function rootStep(script: string): Promise<number> {
  if (process.geteuid?.() !== 0) throw new WrongWords('this is for whoblocked itself, as root');
  const reader = new LineReader(process.stdin, longestLine);
  const gone = new AbortController();
  process.stdin.once('close', () => gone.abort());
  process.on('SIGHUP', () => gone.abort());
  const step = new RootStep(script, reader, gone.signal);
  for (;;) {
    const line = await reader.next(idleMs);
    if (line === null) return exitCodes.works;
    tell(await step.answer(line));
  }
}

function tell(answer: RootAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Under sudo, or pkexec, whose rules would match whoever probes. */
function caller(): ReturnType<typeof invokingUser> {
  const polkit = process.env['PKEXEC_UID'];
  return invokingUser(process.env) ?? (polkit !== undefined && /^\d+$/.test(polkit) ? accountNamed(polkit) : null);
}

class RootStep {
  #opened: Promise<Opened> | null = null;
  #planned: { readonly workshop: Workshop; readonly offer: Offer; readonly ailment: Ailment } | null = null;

  constructor(
    private readonly script: string,
    private readonly reader: LineReader,
    private readonly signal: AbortSignal,
  ) {}

  async answer(line: string): Promise<RootAnswer> {
    try {
      return await this.#do(checkRequest(line));
    } catch (error) {
      // Facts of another shape end here too: they are somebody else's words.
      const why = error instanceof Error ? error.message : String(error);
      return { is: 'cannot', why: error instanceof Cannot ? why : `the request could not be judged (${why})` };
    }
  }

  #do(request: RootRequest): Promise<RootAnswer> {
    switch (request.do) {
      case 'plan':
        return this.#plan(request);
      case 'apply':
        return this.#apply(request);
      case 'judged':
        throw new Cannot('nothing is waiting for a judgement');
      case 'undo':
        return this.#undo(request);
    }
  }

  async #plan({ facts, only, until }: Extract<RootRequest, { do: 'plan' }>): Promise<RootAnswer> {
    this.#planned = null;
    const { verdict } = await rejudge(facts);
    const ailment: Ailment = { target: facts.target, verdict, facts };
    const { tools } = await this.#open();
    const system = await openSystem({ asUser: caller() });
    const workshop = ownWorkshop(tools, system, this.signal);
    const offered = await workshop.choose(ailment, { only, until });
    const { offer } = offered;
    // It alone holds paths, and is made from a scanner's records, not from a diagnosis.
    if (offer?.plan.operations.some(({ kind }) => kind === 'restore-file'))
      throw new Cannot('the plan holds what is not made in this way');
    if (offer) this.#planned = { workshop, offer, ailment };
    // Operations are for this end alone.
    const shown = offer && { ...offer, remedy: { id: offer.remedy.id, risk: offer.remedy.risk }, plan: { ...offer.plan, operations: [] } }; // prettier-ignore
    return { is: 'planned', offer: shown, refusals: offered.refusals };
  }

  async #apply({ keepForMs, until, ...allowed }: Extract<RootRequest, { do: 'apply' }>): Promise<RootAnswer> {
    const planned = this.#planned;
    if (planned === null) throw new Cannot('nothing was planned');
    this.#planned = null;
    const { workshop, offer, ailment } = planned;
    const objection = objectionTo(offer.plan, allowed);
    if (objection !== null) throw new Cannot(objection);
    const outcome = await workshop.carryOut(offer, ailment, {
      keepForMs,
      until,
      signal: this.signal,
      judge: () => this.#judged(keepForMs),
    });
    return { is: 'done', outcome: forReading(outcome) };
  }

  async #judged(ms: number): Promise<string | null> {
    tell({ is: 'judge' });
    const line = await this.reader.next(ms);
    if (line === null) return 'the run that asked for it has ended';
    const request = checkRequest(line);
    return request.do === 'judged' ? request.why : 'something else was asked in between';
  }

  async #undo({ id, all, anyway, guard }: Extract<RootRequest, { do: 'undo' }>): Promise<RootAnswer> {
    const guarded = { guard, judge: () => this.#judged(pressWithinMs + 5_000) };
    const done = await takeBackThese({ id, all, anyway }, await this.#open(), guarded);
    return { is: 'undone', ...done, undone: done.undone.map(withoutState) };
  }

  #open(): Promise<Opened> {
    return (this.#opened ??= openSystem({ asUser: caller() }).then((system) => openRepair(system, this.script)));
  }
}

/** The state before may be what only root may read. */
function withoutState(change: Change): Change {
  return { ...change, steps: [] };
}

function forReading(outcome: Outcome): Outcome {
  if (outcome.done) return { ...outcome, change: withoutState(outcome.change) };
  return { ...outcome, change: outcome.change === null ? null : withoutState(outcome.change) };
}
