import type { Opinion } from '../../model/quarantine.js';
import type { Files, System } from '../../model/system.js';

const answerMs = 60_000;
const mostFiles = 2_000;
const mostDepth = 4;
const largestFile = 16 * 1024 * 1024;
const mostTogether = 64 * 1024 * 1024;

interface Source {
  readonly name: string;
  readonly text: string;
}

interface Sources {
  readonly sources: readonly Source[];
  /** Files that are not used, and why, one clause each. */
  readonly left: readonly string[];
}

/**
 * The word of the user's own YARA rules on these bytes; null where they cannot be asked at all. They may speak against a
 * file. That they find nothing speaks for nobody: rules look for what they were written for.
 */
export async function byRules(
  place: string,
  bytes: Uint8Array,
  path: string,
  system: System,
  signal: AbortSignal,
): Promise<Opinion> {
  const opinion = { scanner: 'YARA rules', knows: null, speaksFor: false } as const;
  const { sources, left } = await sourcesIn(place, system.files);
  if (sources.length === 0) {
    const words = left[0] ?? `there are no rules in ${place}`;
    return { ...opinion, says: 'no-answer', words };
  }
  const answer = await system.scanByRules?.({ sources, bytes, path, timeoutMs: answerMs }, signal);
  if (answer?.state !== 'answered')
    return { ...opinion, says: 'no-answer', words: answer?.raw ?? 'they cannot be used here' };
  const { matches, unusable } = answer;
  const unused = [...left, ...unusable.map(({ source, why }) => `${source} (${why})`)];
  const used = sources.length - unusable.length;
  if (used === 0) return { ...opinion, says: 'no-answer', words: `none of the rules can be used: ${unused[0] ?? ''}` };
  const knows = `${used} ${used === 1 ? 'file' : 'files'} of rules${unused.length === 0 ? '' : `; ${unused.length} not used: ${unused.slice(0, 3).join(', ')}`}`;
  const names = matches.map(({ rule, source }) => `${rule} (${source})`);
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return names.length === 0
    ? { ...opinion, says: 'clean', words: 'no rule holds', knows }
    : { ...opinion, says: 'found', words: `${names.slice(0, 5).join(', ')}${more}`, knows };
}

/** A file of rules, or all of them below a folder, by the names that YARA's own documents use. */
async function sourcesIn(place: string, files: Files): Promise<Sources> {
  const looked = await files.stat(place);
  if (typeof looked === 'string') return { sources: [], left: [`${place} cannot be looked at (${looked})`] };
  const names = looked.kind === 'directory' ? await namesIn(place, '', mostDepth, files) : [''];
  const sources: Source[] = [];
  const left: string[] = [];
  let together = 0;
  for (const name of names.slice(0, mostFiles)) {
    const shown = name === '' ? place.slice(place.lastIndexOf('/') + 1) : name;
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that the bound on their size holds
    const file = await files.read(name === '' ? place : `${place}/${name}`, largestFile);
    if (!file.ok) left.push(`${shown} (${file.code})`);
    else if (file.truncated || (together += file.bytes.length) > mostTogether) left.push(`${shown} (too large)`);
    else sources.push({ name: shown, text: Buffer.from(file.bytes).toString('utf8') });
  }
  if (names.length > mostFiles) left.push(`all beyond ${mostFiles} files`);
  return { sources, left };
}

async function namesIn(folder: string, below: string, depth: number, files: Files): Promise<string[]> {
  const names = ((await files.list(`${folder}${below === '' ? '' : `/${below}`}`, mostFiles)) ?? []).toSorted();
  const found: string[] = [];
  for (const name of names) {
    const at = below === '' ? name : `${below}/${name}`;
    if (/\.(?:yara?|rules?)$/i.test(name)) found.push(at);
    else if (depth > 1 && found.length < mostFiles) {
      // Links are not followed: one may lead back.
      // oxlint-disable-next-line no-await-in-loop -- bounded by what was found before
      const details = await files.details(`${folder}/${at}`);
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (typeof details !== 'string' && details.kind === 'directory')
        found.push(...(await namesIn(folder, at, depth - 1, files)));
    }
  }
  return found.slice(0, mostFiles + 1);
}
