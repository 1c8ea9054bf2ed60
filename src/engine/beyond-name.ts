import { siteSuspicion } from '../causes/evidence/site-block-right.js';
import type { Scene } from '../model/cause.js';
import { fact, type FactKey, type Facts } from '../model/facts.js';
import type { Verdict } from '../model/report.js';
import { attemptsOf } from './attempts.js';
import { type Catalogue, choose, hear, type Hearing, isBuilt } from './hear.js';
import { asLedTo, placeAhead } from './led-right.js';
import { standingOf } from './standing.js';
import { verdictOf } from './verdict-of.js';

export interface BeyondName {
  readonly also: readonly Verdict[];
  /** What would show it. */
  readonly missing: readonly FactKey[];
}

const nothing: BeyondName = { also: [], missing: [] };

/**
 * Where the name is given a wrong address, or none: what stops the target at the one that others give, judged as if the
 * name had led there. Who mends the name alone meets it next.
 */
export function beyondName(root: Hearing | undefined, { facts }: Scene, catalogue: Catalogue): BeyondName {
  const first = root?.leading.find(({ entry }) => isBuilt(entry) && entry.falsifies === true);
  if (!root || !first || root.attempt.hop > 0 || root.attempt.host !== facts.target.host || looksRight(first, facts))
    return nothing;
  if (!fact(facts, 'name.places')) return missing(facts, 'name.places');
  const place = placeAhead(facts);
  if (!place) return nothing;
  if (!facts['name.ahead']) return missing(facts, 'name.ahead');
  const there = asLedTo(place, facts, fact(facts, 'name.ahead'));
  const attempts = attemptsOf(there);
  const causes: Catalogue = {
    built: catalogue.built.filter(({ stage }) => stage !== 'name'),
    unbuilt: catalogue.unbuilt.filter(({ stage }) => stage !== 'name'),
  };
  const scene = { facts: there, attempts };
  const hearing = choose(standingOf(there, attempts).frontier.map((one) => hear(one, scene, causes, 'failed')));
  return hearing ? { also: [asNext(hearing, place.address)], missing: [] } : nothing;
}

function missing(facts: Facts, key: FactKey): BeyondName {
  return facts[key] === undefined ? { also: [], missing: [key] } : nothing;
}

/** The name is refused because it is dangerous, as it seems: nobody is helped on his way there. */
function looksRight({ finding }: Hearing['leading'][number], facts: Facts): boolean {
  const label = (finding.says === 'fits' || finding.says === 'proven') && finding.culprit?.name;
  return siteSuspicion(facts.target.host, label || null, facts).looks === 'dangerous';
}

function asNext({ attempt, leading, certainty }: Hearing, address: string): Verdict {
  const [opinion] = leading;
  const where = `Where others say that the name leads (${address})`;
  if (opinion && certainty !== null && certainty !== 'possible') {
    // That the name leads there is the word of others: nothing but a proof is surer.
    const verdict = verdictOf(opinion, attempt, certainty === 'confirmed' ? 'likely' : certainty, 'failed');
    return { ...verdict, summary: `${where} it does not work either: ${verdict.summary}` };
  }
  return {
    outcome: 'failed',
    cause: 'undetermined',
    side: 'unknown',
    stage: attempt.stage,
    certainty: 'possible',
    summary: `${where} it fails as well (${attempt.outcome.code}); what was measured does not tell why.`,
  };
}
