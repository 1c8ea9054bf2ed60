import { WrongWords } from './wrong-words.js';

export interface NamedProgram {
  readonly kind: 'app' | 'container';
  readonly name: string;
}

/** `--app` and `--from`: the program, or the container, where the diagnosis is to be made; null for neither. */
export function programOf({ app, from, as }: { app?: string; from?: string; as?: string }): NamedProgram | null {
  if (app !== undefined && from !== undefined) throw new WrongWords('--app and --from exclude each other');
  if (as !== undefined && (app !== undefined || from !== undefined))
    throw new WrongWords('--as does not go with --app or --from: the program has a user of its own');
  if (app !== undefined) {
    if (app === '' || app.length > 4096 || app.includes('\0'))
      throw new WrongWords('--app takes a path, a process id or a systemd unit');
    return { kind: 'app', name: app };
  }
  if (from === undefined) return null;
  // Names as Docker takes them (daemon/names): a letter or digit, then also _ . and -
  if (!/^[a-zA-Z0-9][\w.-]{0,127}$/.test(from)) throw new WrongWords('--from takes the name of a container');
  return { kind: 'container', name: from };
}

/** Null where nothing is named. */
export function targetAs(program: NamedProgram, positionals: readonly string[]): string | null {
  if (positionals.length === 0 && program.kind === 'app') return null;
  const [target] = positionals;
  if (target === undefined || positionals.length > 1)
    throw new WrongWords('say what it should reach, such as whoblocked --from web db:5432');
  return target;
}
