import type { BrowserOutcome, BrowserProfile, BrowserRun, BrowserTrials } from '../../model/browser-facts.js';
import type { Failure } from '../../model/failure.js';
import type { LeftOut } from '../../model/engine-questions.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { pageUrl, type Target } from '../../model/target.js';
import { browserFailure } from './classify.js';
import { browserTrialsHead } from './trials-head.js';

const mostSuspects = 4;
const longestMs = 10_000;
/** Programs without a profile, when this user has none. */
const programs = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge-stable',
  '/usr/bin/brave-browser',
];

/**
 * The same page by a copy of the user's profile, and when it fails there, by a new profile and by the copy without one
 * extension or setting: each run changes one thing only.
 */
export const browserTrials: Gatherer<'browser.trials'> = {
  ...browserTrialsHead,
  async gather(facts, context) {
    const profile = fact(facts, 'device.browsers')?.profiles.find((one) => one.program !== null) ?? null;
    const program = profile?.program ?? (await firstThere(context));
    if (program === null) return skipped('no browser of the kind that can be driven is installed');
    const trials = await tried(program, profile, facts.target, context);
    return context.signal.aborted ? skipped('ended before the browser was done') : known(trials, program);
  },
};

async function firstThere({ system }: Context): Promise<string | null> {
  const there = await Promise.all(programs.map((one) => system.files.exists(one)));
  return programs.find((_, i) => there[i]) ?? null;
}

async function tried(
  program: string,
  profile: BrowserProfile | null,
  target: Target,
  context: Context,
): Promise<BrowserTrials> {
  const runs: BrowserRun[] = [];
  const run = async (kind: BrowserRun['profile'], without?: LeftOut): Promise<BrowserOutcome> => {
    const begun = context.system.clock.now();
    const copied =
      kind === 'clean' || profile === null
        ? null
        : { directory: profile.directory, name: profile.name, ...(without && { without }) };
    const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() - 200));
    const outcome = await context.system.browse(
      { program, url: pageUrl(target), profile: copied, timeoutMs },
      context.signal,
    );
    const ms = Math.round(context.system.clock.now() - begun);
    const failure = outcome.state === 'failed' ? browserFailure(outcome.error) : undefined;
    runs.push({
      profile: kind,
      ...without,
      outcome,
      ...(failure && { failure }),
      ms,
    });
    return outcome;
  };
  const base = { product: profile?.product ?? 'Chromium', program, directory: profile?.directory ?? null, runs };
  const first = await run(profile === null ? 'clean' : 'own');
  if (first.state !== 'failed' || profile === null) return base;
  const clean = await run('clean');
  if (clean.state !== 'loaded') return base;
  for (const suspect of suspectsOf(profile, browserFailure(first.error))) {
    // oxlint-disable-next-line no-await-in-loop -- the first that makes the difference ends it
    if (context.signal.aborted || (await run('without', suspect)).state === 'loaded') break;
  }
  return base;
}

/** A setting that the error speaks of first, then extensions: those that set the proxy, or whose rules are about the page. */
function suspectsOf({ extensions, proxy, secureNames }: BrowserProfile, { code }: Failure<'browser'>): LeftOut[] {
  const settings: LeftOut[] = [
    ...(code === 'proxy' && proxy?.extension === null ? [{ setting: 'proxy' as const }] : []),
    ...(code === 'name' && secureNames?.only === true ? [{ setting: 'secureNames' as const }] : []),
  ];
  const weight = ({ id, rules }: BrowserProfile['extensions'][number]): number =>
    rules.length + (code === 'proxy' && id === proxy?.extension ? 1_000 : 0);
  const others = extensions.toSorted((a, b) => weight(b) - weight(a)).map(({ id }) => ({ extension: id }));
  return [...settings, ...others].slice(0, mostSuspects);
}
