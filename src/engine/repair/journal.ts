import { Cannot } from '../../model/cannot.js';
import type { Change, ChangeState } from '../../model/change.js';
import type { Disk } from '../../model/disk.js';
import type { Clock, Identity } from '../../model/system.js';
import { changeId, decode, encode, type Entry } from './journal-text.js';

/** A change with whole files in it. */
const mostBytes = 64 * 1024 * 1024;
const mostChanges = 10_000;
const lockWaitMs = 10_000;

export interface JournalParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly identity: Pick<Identity, 'root'>;
  environment(name: string): string | undefined;
}

/** As root only the system's own directory; nothing under a user's control says where. */
export function journalDirectory({ identity, environment }: Pick<JournalParts, 'identity' | 'environment'>): string {
  if (identity.root) return '/var/lib/whoblocked';
  const base = environment('XDG_STATE_HOME');
  if (base?.startsWith('/')) return `${base}/whoblocked`;
  const home = environment('HOME');
  if (home?.startsWith('/')) return `${home}/.local/state/whoblocked`;
  throw new Cannot('no place for the journal: HOME is not set');
}

/**
 * What was changed on this machine, one file a change. Each state is written whole and synced, file and directory, before
 * what it tells of is done; a cut at any moment leaves the state before or the one after.
 */
export class Journal {
  private constructor(
    private readonly parts: JournalParts,
    /** Nobody else may write in it. */
    readonly directory: string,
  ) {}

  static async open(parts: JournalParts): Promise<Journal> {
    const directory = journalDirectory(parts);
    await parts.disk.ownDirectory(directory);
    await parts.disk.ownDirectory(`${directory}/changes`);
    return new Journal(parts, directory);
  }

  /** Every entry, the oldest first; those that cannot be read come last. */
  async entries(): Promise<Entry[]> {
    const names = (await this.parts.disk.list(`${this.directory}/changes`)).slice(0, mostChanges);
    const ids = names.flatMap((name) => /^([^.]{1,64})\.change$/.exec(name)?.[1] ?? []);
    const entries = await Promise.all(ids.map((id) => this.entry(id)));
    const createdAt = (entry: Entry | null): string => (entry?.is === 'change' ? entry.change.createdAt : '\uffff');
    return entries.filter((entry) => entry !== null).sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1));
  }

  async entry(id: string): Promise<Entry | null> {
    if (!changeId.test(id)) return { is: 'unreadable', id, why: 'its name is none of whoblocked' };
    try {
      const file = await this.parts.disk.read(this.#file(id), mostBytes);
      return file === null ? null : decode(id, Buffer.from(file.bytes).toString('utf8'));
    } catch (error) {
      // One record that is a link, a folder, or on a bad block keeps nobody from the others.
      if (!(error instanceof Cannot)) throw error;
      return { is: 'unreadable', id, why: error.message };
    }
  }

  /** As it stands in the journal now; throws when it is missing or not readable. */
  async change(id: string): Promise<Change> {
    const entry = changeId.test(id) ? await this.entry(id) : null;
    if (entry === null) throw new Cannot('there is no such change: whoblocked changes lists them');
    if (entry.is === 'unreadable') throw new Cannot(`the record of change ${id} cannot be used: ${entry.why}`);
    return entry.change;
  }

  /** Written whole beside the old one, synced, put in its place, and the directory synced. */
  async write(change: Change): Promise<void> {
    const { disk } = this.parts;
    const file = this.#file(change.id);
    const beside = `${file}.new`;
    const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
    await disk.remove(beside);
    await disk.create(beside, new Uint8Array(Buffer.from(encode(change), 'utf8')), rights);
    await disk.sync(beside);
    await disk.move(beside, file);
    await disk.syncDirectory(`${this.directory}/changes`);
  }

  async advance(
    change: Change,
    state: ChangeState,
    more: Partial<Pick<Change, 'note' | 'steps'>> = {},
  ): Promise<Change> {
    const next: Change = { ...change, ...more, state, updatedAt: this.parts.clock.wall().toISOString() };
    await this.write(next);
    return next;
  }

  /** Only one process at a time changes the machine or the journal. `stuck` may end one that does not come to an end. */
  async locked<T>(work: () => Promise<T>, stuck?: () => Promise<void>): Promise<T> {
    const { disk, clock } = this.parts;
    const began = clock.now();
    let hasAsked = false;
    for (;;) {
      const lock = await disk.lock(`${this.directory}/lock`);
      if (lock !== null) {
        try {
          return await work();
        } finally {
          lock.release();
        }
      }
      const waited = clock.now() - began;
      if (waited > lockWaitMs / 2 && stuck && !hasAsked) {
        hasAsked = true;
        await stuck();
      }
      if (waited > lockWaitMs) throw new Cannot('another run of whoblocked is at work and does not come to an end');
      await clock.sleep(20);
    }
  }

  /** Half-written records and drafts of runs that were ended. Only with the lock: whoever writes has it. */
  async sweep(): Promise<void> {
    const { disk } = this.parts;
    const isHalf = (name: string): boolean => name.endsWith('.change.new') || name.startsWith('draft-');
    for (const directory of [this.directory, `${this.directory}/changes`])
      for (const name of await disk.list(directory)) if (isHalf(name)) await disk.remove(`${directory}/${name}`);
  }

  #file(id: string): string {
    return `${this.directory}/changes/${id}.change`;
  }
}
