import type { Opinion } from '../../model/quarantine.js';

/** Fewer engines than these have not looked at it enough to call it clean. */
const enough = 20;
/** So many engines are seldom wrong together. */
const agreed = 3;

type Word = Pick<Opinion, 'says' | 'words' | 'knows'>;

/**
 * What an answer of the interface says (VirusTotal API v3: file objects, errors). Clean only where none of at least 20
 * engines finds anything; found where three or more do. One or two of them are wrong often enough to be no word either
 * way, and whoever does not know a file says nothing for it.
 */
export function wordOf(status: number, body: string): Word {
  if (status === 404) return silent('it knows no file of exactly this content');
  if (status === 401 || status === 403) return silent('it does not accept the key');
  if (status === 429) return silent('the key has been used too often, for a minute or for today');
  if (status !== 200) return silent(`it answers with status ${status}`);
  const attributes = at(at(jsonOf(body), 'data'), 'attributes');
  const stats = at(attributes, 'last_analysis_stats');
  const count = (name: string): number | null => {
    const value = at(stats, name);
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000 ? value : null;
  };
  const [malicious, suspicious] = [count('malicious'), count('suspicious') ?? 0];
  const silentEngines = (count('undetected') ?? 0) + (count('harmless') ?? 0);
  if (malicious === null) return silent('its answer is not understood');
  const all = malicious + suspicious + silentEngines;
  const knows = `analysed ${dayOf(at(attributes, 'last_analysis_date'))}; only the SHA-256 of the file was sent`;
  const of = `${malicious + suspicious} of ${all} engines`;
  if (malicious >= agreed) return { says: 'found', words: `${labelOf(attributes)}${of} find something`, knows };
  if (malicious + suspicious > 0)
    return { says: 'divided', words: `${of} find something: ${findersIn(attributes)}`, knows };
  if (silentEngines < enough) return { says: 'no-answer', words: `only ${all} engines have looked at it`, knows };
  return { says: 'clean', words: `none of ${all} engines finds anything`, knows };
}

function silent(words: string): Word {
  return { says: 'no-answer', words, knows: null };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function dayOf(seconds: unknown): string {
  const day = typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000) : null;
  return day === null ? 'at an unknown time' : `on ${day.toISOString().slice(0, 10)}`;
}

function labelOf(attributes: unknown): string {
  const label = at(at(attributes, 'popular_threat_classification'), 'suggested_threat_label');
  return typeof label === 'string' && label !== '' ? `${label.slice(0, 100)}: ` : '';
}

/** Who finds it, and under what name. */
function findersIn(attributes: unknown): string {
  const results = at(attributes, 'last_analysis_results');
  if (typeof results !== 'object' || results === null) return 'it does not say which';
  const named = Object.entries(results).flatMap(([engine, result]: [string, unknown]) => {
    const category = at(result, 'category');
    const name = at(result, 'result');
    return category === 'malicious' || category === 'suspicious'
      ? [`${engine.slice(0, 40)}${typeof name === 'string' ? ` (${name.slice(0, 80)})` : ''}`]
      : [];
  });
  return named.length === 0 ? 'it does not say which' : named.slice(0, 3).join(', ');
}
