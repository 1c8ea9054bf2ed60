import path from 'node:path';
import type { SocketFileFact } from '../../model/device-state.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { FileStat } from '../../model/system.js';
import { accountNames } from '../accounts/account-names.js';
import { listeningPaths } from './listening-paths.js';

const mostParts = 40;
const mostElsewhere = 3;

/** What lies at the path of a unix socket, whose it is, who may pass to it, and whether somebody listens. */
export const socketFile: Gatherer<'device.socketFile'> = {
  fact: 'device.socketFile',
  needs: [],
  base: false,
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  when: ({ target }) => (target.scheme === 'unix' ? null : 'the target is no socket file'),
  async gather({ target }, context) {
    const { files } = context.system;
    const [looked, ownerOf, listening] = await Promise.all([
      lookAt(target.path, context),
      accountNames(files),
      listeningPaths(context),
    ]);
    const { stat, barrier, existing } = looked;
    const name = path.posix.basename(target.path);
    const value: SocketFileFact = {
      path: target.path,
      kind: typeof stat !== 'string' ? stat.kind : stat === 'EACCES' ? 'hidden' : 'missing',
      file: typeof stat === 'string' ? null : ownerOf(target.path, stat),
      barrier: barrier === null ? null : ownerOf(barrier.path, barrier.stat),
      existing,
      listening: listening?.includes(target.path) ?? null,
      elsewhere: (listening ?? [])
        .filter((other) => other !== target.path && path.posix.basename(other) === name)
        .slice(0, mostElsewhere),
    };
    return known(value, 'stat()');
  },
};

interface Looked {
  readonly stat: FileStat | string;
  readonly barrier: { readonly path: string; readonly stat: FileStat } | null;
  readonly existing: string | null;
}

/** From the root down, as the kernel walks: the first directory that may not be passed ends it. */
async function lookAt(target: string, { system }: Context): Promise<Looked> {
  const directories = parents(target);
  let existing: string | null = null;
  for (const directory of directories) {
    const stat = await system.files.stat(directory);
    if (typeof stat === 'string') return { stat: stat === 'EACCES' ? stat : 'ENOENT', barrier: null, existing };
    existing = directory;
    const next = await system.files.stat(directories[directories.indexOf(directory) + 1] ?? target);
    // As root everything can be looked at: then the rights of the one for whom it probes are read off.
    if (next === 'EACCES' || mayNotPass(stat, system.identity.uid))
      return { stat: await system.files.stat(target), barrier: { path: directory, stat }, existing };
  }
  return { stat: await system.files.stat(target), barrier: null, existing };
}

/** `/run/app/app.sock`: `/`, `/run`, `/run/app`. */
function parents(target: string): string[] {
  const parts = target.split('/').slice(1, -1).slice(0, mostParts);
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)].filter(
    (each, i) => i === 0 || each !== '/',
  );
}

/** Neither its owner nor one of its group may be meant: which groups somebody is in is not known here. */
function mayNotPass({ mode, uid }: FileStat, who: number | null): boolean {
  return who !== null && who !== 0 && uid !== who && (mode & 0o011) === 0;
}
