import { whatWasSaid } from '../causes/path/icmp-words.js';
import { type Attempt, type FailedAttempt, hasFailed } from '../model/attempt.js';
import type { Scene } from '../model/cause.js';
import type { FactKey, Facts } from '../model/facts.js';
import { type Failure, symptomOf, type Symptom } from '../model/failure.js';
import type { Judgement, Verdict } from '../model/report.js';
import { attemptsOf } from './attempts.js';
import { beyondName } from './beyond-name.js';
import { doubtOfOne, evidenceOfOne, failsAtOne, saidOfOne } from './fails-at-one.js';
import { besideCauses, type Catalogue, choose, failsOtherwise, farness, hear, type Hearing, isBuilt } from './hear.js';
import { whyNotStarted } from './program-attempts.js';
import { doubtOf, isForAnother, programsLuck } from './reached-for-another.js';
import { standingOf, type Standing } from './standing.js';
import { besideAll, lowerFirst, type Opinion, verdictOf } from './verdict-of.js';
import { asFarAsItIsKnown } from './whose-answer.js';

/** With these the target is reachable, but not as well as it should be. */
const degrading: ReadonlySet<string> = new Set([
  'ipv6-broken',
  'ipv4-broken',
  'quic-blocked',
  'listens-on-other-family',
  'packet-loss',
]);

export interface Assessment {
  readonly judgement: Judgement;
  /** What the attempt that the verdict speaks of failed with; null where none did. */
  readonly symptom: Symptom | null;
  readonly standing: Standing;
  /** Facts that causes still in the running ask for. */
  readonly missing: readonly FactKey[];
  /**
   * Facts that would rule out the last rivals of a cause that fits alone: worth having only when all of them can be had.
   * Each row is what one rival hangs on.
   */
  readonly eliminating: readonly (readonly FactKey[])[];
}

/** Facts to verdict: pure, the same facts always give the same. */
export function assess(facts: Facts, catalogue: Catalogue): Assessment {
  const attempts = attemptsOf(facts);
  const scene: Scene = { facts, attempts };
  const standing = standingOf(facts, attempts);
  if (standing.state === 'failed') return assessFailure(scene, standing, catalogue);
  if (standing.state === 'unmeasured') return unmeasured(standing);
  return asFarAsItIsKnown(assessSuccess(scene, standing, catalogue), facts);
}

function assessFailure(scene: Scene, standing: Standing, catalogue: Catalogue): Assessment {
  const hearings = standing.frontier.map((attempt) => hear(attempt, scene, catalogue, 'failed'));
  const root = choose(hearings);
  const beside = standing.beside.map((attempt) => hear(attempt, scene, catalogue, 'failed'));
  const telling = catalogue.built.flatMap((cause) =>
    cause.alsoWhenFailed ? (cause.besideNeeds?.(scene.facts) ?? []) : [],
  );
  const next = beyondName(root, scene, catalogue);
  const missing = [...new Set([...hearings.flatMap((hearing) => missingOf(hearing)), ...telling, ...next.missing])];
  const eliminating = root ? eliminatingOf(root) : [];
  const rootCause = root?.leading[0]?.entry.id;
  const also = unique([
    ...besideRoot(root),
    ...next.also,
    ...alsoOf([...beside, ...hearings.filter((hearing) => hearing !== root)], root),
    // What is proven at one address explains nothing where packets get farther by another one, and fail there.
    ...(root?.certainty === 'proven' ? beyond(root, hearings) : []),
    ...besideAll(scene, catalogue.built, 'failed').filter(({ cause }) => cause !== rootCause),
  ]);
  const others = root ? rest(root) : { ruledOut: [], unknown: [] };
  if (root && root.certainty !== null && root.certainty !== 'possible' && root.leading[0]) {
    // Sure of one address is not sure of the target, which fails by the other one as well.
    const certainty = root.certainty === 'confirmed' && failsOtherwise(root, hearings) ? 'likely' : root.certainty;
    const verdict = verdictOf(root.leading[0], root.attempt, certainty, 'failed');
    return {
      standing,
      symptom: symptomOf(root.attempt.outcome),
      missing,
      eliminating,
      judgement: { verdict, candidates: [], also, ...others, evidence: evidenceOf(root.leading[0]) },
    };
  }
  const remaining = root && root.leading.length > 0 ? root.leading : stillPossible(root);
  const candidates = remaining.map((opinion) => verdictOf(opinion, root?.attempt ?? null, 'possible', 'failed'));
  const verdict: Verdict = {
    outcome: 'failed',
    cause: 'undetermined',
    side: root && root.leading.length > 0 ? commonSide(candidates) : 'unknown',
    stage: root?.attempt.stage ?? standing.stage ?? 'target',
    certainty: 'possible',
    summary: undeterminedSummary(root && root.leading.length > 0 ? candidates : [], root?.attempt.outcome, scene.facts),
  };
  return {
    standing,
    symptom: root ? symptomOf(root.attempt.outcome) : null,
    missing,
    eliminating: [],
    judgement: { verdict, candidates, also, ...others, evidence: (root?.leading ?? []).flatMap(evidenceOf) },
  };
}

const mostCandidates = 6;

/**
 * Nothing fits: what is left are the built causes that no fact rules out. One that brings about few kinds of failure, and
 * this one among them, is likelier than one that could bring about any.
 */
function stillPossible(root: Hearing | undefined): readonly Opinion[] {
  return (root?.opinions ?? [])
    .filter(({ entry, finding }) => isBuilt(entry) && finding.says === 'unknown')
    .toSorted((a, b) => a.entry.symptoms.length - b.entry.symptoms.length)
    .slice(0, mostCandidates);
}

function undeterminedSummary(candidates: readonly Verdict[], outcome: Failure | undefined, facts: Facts): string {
  const [first, second] = candidates;
  if (!first && outcome?.operation === 'execute') return whyNotStarted(outcome, facts);
  if (!first) {
    const said = outcome === undefined ? null : (whatWasSaid(outcome) ?? alertOf(outcome));
    return `The connection fails${said === null ? ', and' : `: ${said};`} what was measured does not tell why.`;
  }
  if (!second) return `The connection fails; what was measured does not tell surely why. ${first.summary}`;
  const way = candidates.find((candidate) => candidate.cause === 'dropped-on-path');
  if (way) return way.summary;
  const either = [first, second].map((candidate) => lowerFirst(candidate.summary.replace(/\.$/, '')));
  return `From here nobody can tell which it is: ${either.join('; or ')}.`;
}

/** What was heard tells whoever runs the server where to look, also where nobody here knows why. */
function alertOf({ operation, code, raw }: Failure): string | null {
  // Whose answer it is may not be told; which one it is, is.
  if (operation === 'http' && /^[45]\d\d /.test(raw)) return `the answer is ${raw}`;
  if (operation !== 'tls') return null;
  if (code === 'alert' && raw.includes('no_application_protocol'))
    return `the other side takes none of the protocols that were offered (TLS ${raw}): it may speak HTTP/2 alone, as browsers do`;
  if (code === 'alert') return `the other side ends the handshake (TLS ${raw})`;
  // What came cannot be read, and is no plain text of another service either.
  return code === 'failed' ? `its encryption (TLS) cannot be agreed on (${raw})` : null;
}

/** The side on which all candidates agree is known even where the cause is not. */
function commonSide(candidates: readonly Verdict[]): Verdict['side'] {
  const sides = [...new Set(candidates.map((candidate) => candidate.side))];
  return sides.length === 1 && sides[0] ? sides[0] : 'unknown';
}

function unmeasured(standing: Standing): Assessment {
  const verdict: Verdict = {
    outcome: 'failed',
    cause: 'undetermined',
    side: 'unknown',
    stage: standing.stage ?? 'target',
    certainty: 'possible',
    summary: 'This could not be measured to its end, so nothing can be said about it.',
  };
  return {
    standing,
    symptom: null,
    missing: [],
    eliminating: [],
    judgement: { verdict, candidates: [], also: [], ruledOut: [], unknown: [], evidence: [] },
  };
}

function assessSuccess(scene: Scene, standing: Standing, catalogue: Catalogue): Assessment {
  const hearings = standing.beside.map((attempt) => hear(attempt, scene, catalogue, 'beside'));
  const recovered = scene.attempts
    .filter((attempt) => attempt.recovered !== undefined)
    .map((attempt) => asFailed(attempt));
  hearings.push(...recovered.map((attempt) => hear(attempt, scene, catalogue, 'beside')));
  const telling = catalogue.built.flatMap((cause) => cause.besideNeeds?.(scene.facts) ?? []);
  const luck = programsLuck(scene.facts);
  // One connection that was made says nothing of the next, where another one to the same place was not.
  const series: FactKey[] = luck !== null && scene.facts['connect.series'] === undefined ? ['connect.series'] : [];
  const one = failsAtOne(standing.beside, scene);
  const there = one && hear(one.attempt, scene, catalogue, 'failed');
  const heard = there ? [...hearings, there] : hearings;
  const missing = [...new Set([...heard.flatMap((hearing) => missingOf(hearing)), ...telling, ...series])];
  const named = hearings.filter((hearing) => hearing.certainty !== null && hearing.certainty !== 'possible');
  const leads = (hearing: Hearing): string => hearing.leading[0]?.entry.id ?? '';
  const main =
    named.find((hearing) => degrading.has(leads(hearing))) ?? named.find((hearing) => besideCauses.has(leads(hearing)));
  const outcome = main && degrading.has(leads(main)) ? 'degraded' : 'reachable';
  const beside = named.flatMap((hearing) => {
    const opinion = hearing.leading[0];
    if (!opinion || !hearing.certainty) return [];
    // Beside a target that works a guess about something else is worth nothing; that a part of it fails was measured.
    const sure = hearing.certainty === 'proven' || hearing.certainty === 'confirmed';
    if (!sure && !besideCauses.has(opinion.entry.id) && !degrading.has(opinion.entry.id)) return [];
    return [verdictOf(opinion, hearing.attempt, hearing.certainty, outcome)];
  });
  if (main?.leading[0] && main.certainty) {
    const verdict = verdictOf(main.leading[0], main.attempt, main.certainty, outcome);
    const also = unique(beside.filter((one) => one.cause !== verdict.cause));
    const underlying = unique(
      standing.beside.flatMap((attempt) => {
        const hearing = hear(attempt, scene, catalogue, 'failed');
        const opinion = hearing.leading[0];
        return opinion && (hearing.certainty === 'proven' || hearing.certainty === 'confirmed')
          ? [verdictOf(opinion, hearing.attempt, hearing.certainty, outcome)]
          : [];
      }),
    );
    return {
      standing,
      symptom: null,
      missing,
      eliminating: [],
      judgement: {
        verdict,
        candidates: [],
        also: unique([...also, ...underlying]),
        ...rest(main),
        evidence: evidenceOf(main.leading[0]),
      },
    };
  }
  if (one && there?.leading[0] && there.certainty && there.certainty !== 'possible') {
    const verdict = saidOfOne(verdictOf(there.leading[0], one.attempt, there.certainty, 'degraded'), one);
    return {
      standing,
      symptom: symptomOf(one.attempt.outcome),
      missing,
      eliminating: [],
      judgement: {
        verdict,
        candidates: [],
        also: unique(beside.filter(({ cause }) => cause !== verdict.cause)),
        ...rest(there),
        evidence: [...evidenceOf(there.leading[0]), evidenceOfOne(one)],
      },
    };
  }
  const doubt = one ? null : doubtOf(scene.facts);
  const verdict: Verdict = {
    outcome: 'reachable',
    cause: 'reachable',
    side: 'none',
    stage: scene.attempts.at(-1)?.stage ?? 'connect',
    certainty: isForAnother(scene.facts) || doubt !== null || one ? 'likely' : 'proven',
    summary: `${scene.facts.target.host || scene.facts.target.path} can be reached${luck === null ? '' : ' by us now'}.`,
  };
  const evidence = one
    ? [doubtOfOne(one)]
    : [{ fact: lastFact(scene.facts), says: doubt ?? luck ?? 'the connection was made and answered' }];
  return {
    standing,
    symptom: null,
    missing,
    eliminating: [],
    judgement: {
      verdict,
      candidates: [],
      also: unique([...beside, ...besideAll(scene, catalogue.built, 'reachable')]),
      ruledOut: [],
      unknown: [],
      evidence,
    },
  };
}

function lastFact(facts: Facts): FactKey {
  const order: FactKey[] = ['redirects', 'http', 'greeting', 'tls', 'connect'];
  return order.find((key) => facts[key]?.state === 'known') ?? 'connect';
}

function asFailed(attempt: Attempt): FailedAttempt {
  if (hasFailed(attempt)) return attempt;
  if (!attempt.recovered) throw new Error(`${attempt.id} did not fail`);
  return { ...attempt, outcome: attempt.recovered.first };
}

function evidenceOf(opinion: Opinion): Judgement['evidence'] {
  const { finding } = opinion;
  return finding.says === 'proven' || finding.says === 'fits' ? finding.evidence : [];
}

function rest(hearing: Hearing): Pick<Judgement, 'ruledOut' | 'unknown'> {
  return {
    ruledOut: hearing.opinions.flatMap(({ entry, finding }) =>
      finding.says === 'ruledOut' ? [{ cause: entry.id, because: finding.because }] : [],
    ),
    unknown: hearing.opinions.flatMap(({ entry, finding }) =>
      finding.says === 'unknown' ? [{ cause: entry.id, missing: finding.because ?? finding.missing.join(', ') }] : [],
    ),
  };
}

/** What would help: facts that the leading ones and the undecided ones ask for, as far as they could change who is named. */
function missingOf(hearing: Hearing): FactKey[] {
  const [leading] = hearing.leading;
  if (hearing.certainty === 'proven')
    return leading?.finding.says === 'proven' ? [...(leading.finding.missing ?? []), ...missingBefore(hearing)] : [];
  return hearing.opinions.flatMap(({ entry, finding }) => {
    if (finding.says === 'fits') return finding.missing ?? [];
    return finding.says === 'unknown' && isBuilt(entry) ? finding.missing : [];
  });
}

/** A name that leads astray comes before whatever meets the connection there: what could show that is still worth having. */
function missingBefore({ attempt, opinions }: Hearing): FactKey[] {
  if (attempt.stage === 'name') return [];
  return opinions.flatMap(({ entry, finding }) =>
    isBuilt(entry) && entry.stage === 'name' && (finding.says === 'unknown' || finding.says === 'fits')
      ? [...(finding.missing ?? [])]
      : [],
  );
}

/** What each rival that can only be ruled out, not shown, hangs on. An empty row is one that nothing here rules out. */
function eliminatingOf(hearing: Hearing): (readonly FactKey[])[] {
  if (hearing.certainty !== 'likely') return [];
  return hearing.opinions.flatMap(({ finding }) => (finding.says === 'unknown' ? [finding.missing] : []));
}

/** What is proven of the same attempt as well: it explains the root, or came of it. */
function besideRoot(root: Hearing | undefined): Verdict[] {
  if (root?.certainty !== 'proven') return [];
  return root.leading.slice(1).map((opinion) => verdictOf(opinion, root.attempt, 'proven', 'failed'));
}

/** True beside the root cause: what else failed, for a reason of its own that is well known. */
function alsoOf(others: readonly Hearing[], root: Hearing | undefined): Verdict[] {
  const rootCause = root?.leading[0]?.entry.id;
  return unique(
    others.flatMap(({ attempt, certainty, leading: [opinion] }) => {
      if (!opinion || certainty === null || certainty === 'possible') return [];
      // What else awaits a program that is forbidden the call itself is worth a likely word too.
      if (certainty === 'likely' && (!root?.attempt.byProgram || attempt.byProgram)) return [];
      return opinion.entry.id === rootCause ? [] : [verdictOf(opinion, attempt, certainty, 'failed')];
    }),
  );
}

/** What is likely of other addresses, by which packets get farther than by the root's. */
function beyond(root: Hearing, hearings: readonly Hearing[]): Verdict[] {
  return hearings.flatMap((hearing) => {
    const [opinion] = hearing.leading;
    if (!opinion || hearing.certainty !== 'likely' || !failsOtherwise(root, [hearing])) return [];
    return farness(hearing) > farness(root) ? [verdictOf(opinion, hearing.attempt, 'likely', 'failed')] : [];
  });
}

function unique(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((one, index) => verdicts.findIndex((other) => other.cause === one.cause) === index);
}
