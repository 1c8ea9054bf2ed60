import { scopeOf } from '../../model/address.js';
import type { BindingLine } from '../../model/device-state.js';
import { fact, type Facts, type ListenerFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { findFiles, lineAt, readText } from './find-files.js';
import { type KnownProgram, knownPrograms } from './known-programs.js';
import { placeHere } from './place.js';

interface Bind {
  readonly setting: string;
  /** Finds a line that says it; the first group is the value. */
  readonly says: (port: number) => RegExp;
  /** Only the last of them counts; else each stands beside the others. */
  readonly lastCounts: boolean;
  /** Beside the settings that are known of the program; read after them, in this order. */
  readonly more?: readonly string[];
  /** Without such a line it listens to its own computer alone. */
  readonly byDefault?: true;
}

/** By the program's name. Sources: each one's own manual. */
const binds: Readonly<Record<string, Bind>> = {
  PostgreSQL: {
    setting: 'listen_addresses',
    says: () => /^[ \t]*listen_addresses[ \t]*=?[ \t]*'([^'\n]*)'/gm,
    lastCounts: true,
    more: ['/etc/postgresql/*/*/conf.d/*.conf', '/var/lib/postgresql/*/*/postgresql.auto.conf'],
    byDefault: true,
  },
  Redis: { setting: 'bind', says: () => /^[ \t]*bind[ \t]+([^\n]+)/gim, lastCounts: true },
  nginx: {
    setting: 'listen',
    says: (port) => new RegExp(`^[^#\\n]*\\blisten[ \\t]+([^;\\s]*:${port})\\b[^;\\n]*;`, 'gm'),
    lastCounts: false,
  },
  OpenSSH: { setting: 'ListenAddress', says: () => /^[ \t]*ListenAddress[ \t]+(\S+)/gim, lastCounts: false },
  MySQL: {
    setting: 'bind-address',
    says: () => /^[ \t]*bind[-_]address[ \t]*=[ \t]*([^\s#]+)/gm,
    lastCounts: true,
  },
  Apache: {
    setting: 'Listen',
    says: (port) => new RegExp(`^[ \\t]*Listen[ \\t]+(\\S+:${port})\\b`, 'gim'),
    lastCounts: false,
  },
  Memcached: { setting: '-l', says: () => /^-l[ \t]+(\S+)/gm, lastCounts: true },
  MongoDB: {
    setting: 'bindIp',
    says: () => /^[ \t]*bind_?ip[ \t]*[:=][ \t]*([^\s#]+)/gim,
    lastCounts: true,
    byDefault: true,
  },
};

/** The line of the settings because of which nobody but this very computer reaches the program. */
export const deviceBinding: Gatherer<'device.binding'> = {
  fact: 'device.binding',
  needs: ['connect', 'device.listeners'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => (loopbackOnly(facts).length === 0 ? 'no program listens to this computer alone on that port' : null),
  async gather(facts, context) {
    const listeners = loopbackOnly(facts);
    const found = await Promise.all(programsOf(listeners).map((program) => lineOf(program, listeners, context)));
    return known(
      found.flatMap((one) => one ?? []),
      'settings',
    );
  },
};

function loopbackOnly(facts: Facts): ListenerFact[] {
  const place = placeHere(facts);
  if (place === null || !('port' in place)) return [];
  const all = (fact(facts, 'device.listeners')?.listeners ?? []).filter(({ port, protocol }) => port === place.port && protocol === 'tcp'); // prettier-ignore
  return all.every(({ address }) => scopeOf(address) === 'loopback') ? all : [];
}

/** By the process, where that may be seen; else those whose settings, or whose usual port, fit. */
function programsOf(listeners: readonly ListenerFact[]): KnownProgram[] {
  const processes = listeners.flatMap(({ process }) => process ?? []);
  return processes.length === 0
    ? [...knownPrograms]
    : knownPrograms.filter((program) => program.processes.some((name) => processes.includes(name)));
}

/** Whether a program that cannot be seen may be this one. */
function mayBe({ ports, listens }: KnownProgram, port: number, texts: readonly { readonly text: string }[]): boolean {
  const named = texts.flatMap(({ text }) =>
    listens.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map((match) => match[1]),
    ),
  );
  return named.includes(String(port)) || (ports.includes(port) && texts.length > 0);
}

async function lineOf(
  program: KnownProgram,
  listeners: readonly ListenerFact[],
  context: Context,
): Promise<BindingLine | null> {
  const bind = binds[program.name];
  const port = listeners[0]?.port ?? 0;
  if (!bind) return null;
  const patterns = [...program.settings, ...(bind.more ?? [])];
  const paths = [...new Set((await Promise.all(patterns.map((one) => findFiles(one, context)))).flat())];
  const read = await Promise.all(paths.map(async (path) => ({ path, text: (await readText(path, context)) ?? '' })));
  const texts = ofTheSame(program, port, read);
  if (listeners.every(({ process }) => process === null) && !mayBe(program, port, texts)) return null;
  const lines = texts.flatMap(({ path, text }) =>
    [...text.matchAll(bind.says(port))].map((match) => {
      const at = match.index + match[0].length;
      const whole = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
      return { location: `${path}:${lineAt(text, at)}`, value: match[1] ?? '', text: whole.trim().slice(0, 200) };
    }),
  );
  // Where only the last counts, one above it that names the loopback is not what is in force.
  const counting = bind.lastCounts ? lines.slice(-1) : lines;
  const guilty = counting.find(({ value }) => staysHere(value, bind.lastCounts));
  const common = { program: program.name, setting: bind.setting };
  if (guilty) return { ...common, location: guilty.location, text: guilty.text };
  const [first] = texts;
  return bind.byDefault && lines.length === 0 && first && !/^[ \t]*bind_?ip_?all/im.test(first.text)
    ? { ...common, location: first.path, text: null }
    : null;
}

/** Of several clusters of PostgreSQL the one with that port: its folder's files alone. */
function ofTheSame(
  program: KnownProgram,
  port: number,
  read: readonly { readonly path: string; readonly text: string }[],
): readonly { readonly path: string; readonly text: string }[] {
  if (program.name !== 'PostgreSQL') return read;
  const folder = (path: string): string =>
    /^(?:\/etc|\/var\/lib)\/postgresql\/([^/]+\/[^/]+)\//.exec(path)?.[1] ?? path;
  const ported = read.find(({ text }) => Number(/^[ \t]*port[ \t]*=?[ \t]*'?(\d{1,5})/m.exec(text)?.[1] ?? 5432) === port && text !== ''); // prettier-ignore
  return ported ? read.filter(({ path }) => folder(path) === folder(ported.path)) : [];
}

/** All that is named is loopback: `127.0.0.1 -::1`, `localhost`, `127.0.0.1:8080`, `localhost,::1`. */
function staysHere(value: string, isList: boolean): boolean {
  const names = isList ? value.split(/[\s,]+/) : [value];
  const plain = names.flatMap((name) => {
    const bare = name.trim().replaceAll(/^[-"']+|["']+$/g, '');
    const host = /^\[([^\]]+)\](?::\d+)?$/.exec(bare)?.[1] ?? bare.replace(/^([^:]+):\d+$/, '$1');
    return host === '' ? [] : [host];
  });
  return plain.length > 0 && plain.every((host) => host === 'localhost' || scopeOf(host) === 'loopback');
}
