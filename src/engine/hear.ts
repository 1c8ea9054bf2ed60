import type { FailedAttempt } from '../model/attempt.js';
import { familyOf } from '../model/address.js';
import type { CatalogueEntry, Cause, Finding, Scene } from '../model/cause.js';
import { symptomOf } from '../model/failure.js';
import { certainties, type Certainty, type Side } from '../model/words.js';
import { concernsProxy } from './concerns-proxy.js';
import { concernsProgram } from './program-attempts.js';
import type { Opinion } from './verdict-of.js';
import { weightOf, yielding } from './yielding.js';

/** What every entry of the catalogue says about one failed attempt. */
export interface Hearing {
  readonly attempt: FailedAttempt;
  readonly opinions: readonly Opinion[];
  readonly leading: readonly Opinion[];
  readonly certainty: Certainty | null;
}

export interface Catalogue {
  readonly built: readonly Cause[];
  /** Declared, so that a verdict is never surer than the whole catalogue allows. */
  readonly unbuilt: readonly (CatalogueEntry & {
    readonly excluded?: (attempt: FailedAttempt, scene: Scene) => Finding | null;
  })[];
}

/** Causes that hold only beside a target that works. */
export const besideCauses: ReadonlySet<string> = new Set([
  'ipv6-broken',
  'ipv4-broken',
  'momentary-glitch',
  'quic-blocked',
]);
/** A connection to a unix socket, or what is spoken on one. */
function isOfSocketFile({ protocol, address }: FailedAttempt): boolean {
  return protocol === 'unix' || address?.startsWith('/') === true;
}

/** Asks every entry of the catalogue that can bring this failure about. */
export function hear(attempt: FailedAttempt, scene: Scene, catalogue: Catalogue, mode: 'failed' | 'beside'): Hearing {
  const symptom = symptomOf(attempt.outcome);
  const concerns = (entry: CatalogueEntry): boolean =>
    entry.symptoms.includes(symptom) &&
    (!isOfSocketFile(attempt) || entry.unix === true) &&
    (mode === 'beside' || !besideCauses.has(entry.id)) &&
    (!attempt.toProxy || concernsProxy(entry, attempt)) &&
    (!attempt.byProgram || concernsProgram(entry));
  const opinions: Opinion[] = [
    ...catalogue.built.filter(concerns).map((cause) => ({ entry: cause, finding: cause.judge(attempt, scene) })),
    ...catalogue.unbuilt.filter(concerns).map((entry) => ({
      entry,
      finding:
        entry.excluded?.(attempt, scene) ?? ({ says: 'unknown', missing: [], because: 'not built yet' } as const),
    })),
  ];
  // Beside a target that works, "this family is broken" is what counts; what breaks it is told in addition.
  const telling = opinions.filter(
    (opinion) => mode === 'beside' && besideCauses.has(opinion.entry.id) && opinion.finding.says === 'fits',
  );
  const proven = telling.length > 0 ? [] : yielding(opinions.filter((opinion) => opinion.finding.says === 'proven'));
  if (proven.length > 0) return { attempt, opinions, leading: byStage(proven), certainty: 'proven' };
  const fits = telling.length > 0 ? telling : yielding(opinions.filter((opinion) => opinion.finding.says === 'fits'));
  if (fits.length === 0) return { attempt, opinions, leading: [], certainty: null };
  const leading = byWeight(fits);
  if (fits.length > 1) return { attempt, opinions, leading, certainty: 'possible' };
  const open = opinions.some((opinion) => opinion.finding.says === 'unknown' && !besideCauses.has(opinion.entry.id));
  const weak = mode === 'beside' && besideCauses.has(leading[0]?.entry.id ?? '') ? false : open;
  return { attempt, opinions, leading, certainty: weak || isTentative(leading[0]) ? 'likely' : 'confirmed' };
}

/** A cause may say itself that more is missing before it could be sure. */
function isTentative(opinion: Opinion | undefined): boolean {
  if (opinion?.finding.says !== 'fits') return false;
  return opinion.finding.atMost === 'likely' || (opinion.finding.missing?.length ?? 0) > 0;
}

const stageOrder = ['target', 'name', 'route', 'proxy', 'connect', 'tls', 'http', 'service'];

/** Of several proven causes the earliest stage is the root: the later ones are what came of it. */
function byStage(opinions: readonly Opinion[]): Opinion[] {
  return [...opinions].sort(
    (a, b) => stageOrder.indexOf(stageOf(a)) - stageOrder.indexOf(stageOf(b)) || a.entry.id.localeCompare(b.entry.id),
  );
}

function stageOf(opinion: Opinion): string {
  return (
    (opinion.finding.says === 'proven' || opinion.finding.says === 'fits' ? opinion.finding.stage : undefined) ??
    opinion.entry.stage
  );
}

function byWeight(opinions: readonly Opinion[]): Opinion[] {
  return [...opinions].sort((a, b) => weightOf(b) - weightOf(a) || a.entry.id.localeCompare(b.entry.id));
}

/**
 * Of several addresses a program takes whichever holds, so that what a network does to one of them alone stops nobody: the
 * target hangs on the address by which the packets get farthest. 2: to the server, as all say that are left. 1: nobody can say
 * where it ends, the server among them. 0: somewhere before.
 */
export function farness({ leading }: Hearing): number {
  const sides = new Set(leading.map(sideOf));
  if (!sides.has('server')) return 0;
  return sides.size === 1 ? 2 : 1;
}

function sideOf({ entry, finding }: Opinion): Side {
  return ((finding.says === 'proven' || finding.says === 'fits') && finding.side) || entry.side;
}

/** Another address of the target fails for a reason of its own, or for one that is not known. */
export function failsOtherwise(root: Hearing, hearings: readonly Hearing[]): boolean {
  const { address, hop, stage } = root.attempt;
  const cause = root.leading[0]?.entry.id;
  return hearings.some(
    ({ attempt, leading }) =>
      attempt.stage === stage &&
      attempt.hop === hop &&
      attempt.protocol !== 'dns' &&
      attempt.address !== null &&
      address !== null &&
      attempt.address !== address &&
      !leading.some(({ entry }) => entry.id === cause),
  );
}

/**
 * What is proven; of several addresses the one that packets get farthest by; the surest hearing; among equals the one whose
 * cause fits best: experiments are made at one address, and what they showed there is worth more than what nothing contradicts
 * at another one.
 */
export function choose(hearings: readonly Hearing[]): Hearing | undefined {
  const rank = (hearing: Hearing): number => (hearing.certainty === null ? -1 : certainties.indexOf(hearing.certainty));
  const depth = (hearing: Hearing): number => (hearing.attempt.protocol === 'dns' ? 1 : 0);
  const fit = ({ leading: [first] }: Hearing): number => (first ? weightOf(first) : 0);
  // Between two families that say the same the one that people know by its looks is shown.
  const known = (hearing: Hearing): number => (familyOf(hearing.attempt.address ?? '') === 4 ? 1 : 0);
  const proven = ({ certainty }: Hearing): number => (certainty === 'proven' ? 1 : 0);
  // Where a connection is open, its packets got there by each address.
  const apart =
    hearings.every(({ attempt: { stage, protocol } }) => stage === 'connect' && protocol !== 'dns') &&
    new Set(hearings.map(({ attempt }) => `${attempt.hop} ${attempt.protocol}`)).size === 1;
  const far = (hearing: Hearing): number => (apart ? farness(hearing) : 0);
  return [...hearings].sort(
    (a, b) =>
      proven(b) - proven(a) ||
      far(b) - far(a) ||
      rank(b) - rank(a) ||
      depth(b) - depth(a) ||
      fit(b) - fit(a) ||
      known(b) - known(a),
  )[0];
}

export function isBuilt(entry: CatalogueEntry): entry is Cause {
  return 'judge' in entry;
}
