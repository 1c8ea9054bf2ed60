import type { System } from '../../model/system.js';
import { type Json, object, readJson, text, texts } from '../json.js';

const mostBytes = 4 * 1024 * 1024;
const mostEntries = 10_000;
export const mostPolicyFiles = 100;
/** Policies whose lists Chromium joins over all files; `*` is every one. */
const joined = 'PolicyListMultipleSourceMergeList';

export interface PolicyFile {
  readonly location: string;
  readonly policies: Json;
}

export interface PolicyFolder {
  /** In the order in which the last one counts. */
  readonly files: readonly PolicyFile[];
  /** What is there and cannot be read as policies: Chromium cannot either. */
  readonly unread: readonly string[];
  /** There are more than this reads. */
  readonly cut: boolean;
}

/**
 * One folder of policies (`managed`, `recommended`), the files in the order of their names' bytes: Chromium takes every one of
 * them, whatever its name ends with (docs/browsers.md).
 */
export async function policyFolder(folder: string, { files }: Pick<System, 'files'>): Promise<PolicyFolder> {
  const found = (await files.list(folder, mostPolicyFiles + 1)) ?? [];
  const names = found.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).slice(0, mostPolicyFiles);
  const read = await Promise.all(names.map((name) => readJson(files, `${folder}/${name}`, mostBytes, 'with-comments')));
  return {
    files: names.flatMap((name, i) =>
      read[i]?.ok === true ? [{ location: `${folder}/${name}`, policies: object(read[i].value) }] : [],
    ),
    unread: names.filter((_name, i) => read[i]?.ok !== true && !isFolder(read[i])),
    cut: found.length > mostPolicyFiles,
  };
}

function isFolder(read: Awaited<ReturnType<typeof readJson>> | undefined): boolean {
  return read?.ok === false && read.code === 'EISDIR';
}

export interface Stated<T> {
  readonly value: T;
  readonly location: string;
}

/** The policies that count: those that must be before those that are recommended, and of one kind the last file's. */
export class PoliciesInForce {
  readonly #kinds: readonly (readonly PolicyFile[])[];
  readonly #joined: ReadonlySet<string>;

  constructor(managed: readonly PolicyFile[], recommended: readonly PolicyFile[]) {
    this.#kinds = [managed, recommended].map((files) => files.toReversed());
    this.#joined = new Set(texts(this.value(joined)?.value, mostEntries));
  }

  value(name: string): Stated<unknown> | null {
    const [first] = this.#ofOneKind(name);
    return first ?? null;
  }

  /** Each entry with the file that holds it. A list that is none counts too, as an empty one. */
  list(name: string): readonly Stated<string>[] {
    const all = this.#ofOneKind(name);
    const counts = this.#joined.has(name) || this.#joined.has('*') ? all : all.slice(0, 1);
    return counts.flatMap(({ value, location }) =>
      texts(value, mostEntries).map((entry) => ({ value: entry, location })),
    );
  }

  #ofOneKind(name: string): Stated<unknown>[] {
    for (const files of this.#kinds) {
      const stated = files.flatMap(({ policies, location }) =>
        policies[name] === undefined ? [] : [{ value: policies[name], location }],
      );
      if (stated.length > 0) return stated;
    }
    return [];
  }

  /** A setting in words, and where it stands. */
  words(name: string, longest = 200): Stated<string> | null {
    const stated = this.value(name);
    const value = text(stated?.value, longest);
    return stated === null || value === '' ? null : { value, location: stated.location };
  }
}
