import type { Context } from '../../model/gatherer.js';
import { findFiles, lineAt, readText } from './find-files.js';
import { type KnownProgram, knownPrograms } from './known-programs.js';
import { type ListeningPlace, placeText, sameListening, samePath } from './place.js';

/** A known program whose settings name the place, or that listens there by default. */
export interface Configured {
  readonly program: KnownProgram;
  readonly because: string;
  /** `/etc/redis/redis.conf:7` */
  readonly location: string;
  /** Of all its settings: what else stands in them (log, pid file). */
  readonly text: string;
}

/** Programs of which settings are there, and whose settings or defaults lead to that place. */
export async function configuredPrograms(place: ListeningPlace, context: Context): Promise<Configured[]> {
  const found = await Promise.all(knownPrograms.map((program) => configured(program, place, context)));
  return found.flat();
}

async function configured(program: KnownProgram, place: ListeningPlace, context: Context): Promise<Configured[]> {
  const paths = [...new Set((await Promise.all(program.settings.map((one) => findFiles(one, context)))).flat())];
  const read = await Promise.all(paths.map(async (path) => ({ path, text: await readText(path, context) })));
  const texts = read.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
  const [first] = texts;
  if (!first) return [];
  const whole = texts.map(({ text }) => text).join('\n');
  const named = texts.flatMap(({ path, text }) => {
    const line = lineNaming(text, program, place);
    return line === null ? [] : [{ location: `${path}:${line}` }];
  });
  if (named.length > 0) {
    const because = `the settings of ${program.name} have it listen on ${placeText(place)}`;
    return named.map(({ location }) => ({ program, because, location, text: whole }));
  }
  const says = texts.some(({ text }) => program.listens.some((pattern) => pattern.test(text)));
  const usual =
    'port' in place
      ? program.ports.includes(place.port) && !says
      : (program.sockets ?? []).some((socket) => samePath(socket, place.path));
  const because = `${program.name} is set up here, and listens on ${placeText(place)} unless told otherwise`;
  return usual ? [{ program, because, location: first.path, text: whole }] : [];
}

function lineNaming(text: string, { listens }: KnownProgram, place: ListeningPlace): number | null {
  for (const pattern of listens) {
    const all = new RegExp(pattern.source, `${pattern.flags}g`);
    for (const match of text.matchAll(all)) {
      if (!sameListening(match[1] ?? '', place)) continue;
      const start = match.index + match[0].lastIndexOf(match[1] ?? '');
      return lineAt(text, start);
    }
  }
  return null;
}
