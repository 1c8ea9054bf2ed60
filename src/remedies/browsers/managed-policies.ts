import { type Json, object, readJson } from '../../inspectors/json.js';
import { type BrowserAllow, policyFolders } from '../../model/own-file-operations.js';
import type { System } from '../../model/system.js';
import { lastPolicy } from '../../operations/own/browser-policy.js';

/** What administrators set for one browser, a file after the other in the order in which the last one counts. */
export interface ManagedPolicies {
  readonly files: readonly { readonly name: string; readonly policies: Json }[];
  /** Why no file of ours could come last, or be read right; null: one can. */
  readonly whyNot: string | null;
}

const mostFiles = 100;
const mostBytes = 4 * 1024 * 1024;

export async function managedPolicies(browser: BrowserAllow['browser'], { files }: System): Promise<ManagedPolicies> {
  const folder = `${policyFolders[browser]}/managed`;
  const names = ((await files.list(folder, mostFiles + 1)) ?? []).filter((name) => name.endsWith('.json')).toSorted();
  const read = await Promise.all(names.map((name) => readJson(files, `${folder}/${name}`, mostBytes)));
  const unread = names.find((_name, i) => read[i]?.ok !== true);
  const later = names.find((name) => name >= lastPolicy && !name.startsWith(lastPolicy));
  return {
    files: names.flatMap((name, i) => (read[i]?.ok === true ? [{ name, policies: object(read[i].value) }] : [])),
    whyNot:
      names.length > mostFiles
        ? `there are more than ${mostFiles} files of policies`
        : unread !== undefined
          ? `${folder}/${unread} cannot be read`
          : later !== undefined
            ? `${folder}/${later} would come after any file of ours`
            : null,
  };
}

/** Of the last file that says it; undefined where none does. */
export function inForce({ files }: ManagedPolicies, policy: string): unknown {
  return files.findLast(({ policies }) => policies[policy] !== undefined)?.policies[policy];
}

/** Which browser a policy's file, or a product, belongs to; null where only its own settings could say. */
export function browserAt(location: string): BrowserAllow['browser'] | null {
  const found = (Object.entries(policyFolders) as [BrowserAllow['browser'], string][]).find(([, folder]) =>
    location.startsWith(`${folder}/`),
  );
  return found?.[0] ?? null;
}
