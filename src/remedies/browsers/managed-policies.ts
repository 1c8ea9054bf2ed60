import {
  PoliciesInForce,
  type PolicyFile,
  policyFolder,
  mostPolicyFiles,
} from '../../inspectors/browsers/chromium-policies.js';
import { type BrowserAllow, policyFolders } from '../../model/own-file-operations.js';
import type { System } from '../../model/system.js';
import { lastPolicy } from '../../operations/own/browser-policy.js';

/** What administrators set for one browser. */
export interface ManagedPolicies {
  readonly files: readonly PolicyFile[];
  /** Why no file of ours could come last, or be read right; null: one can. */
  readonly whyNot: string | null;
}

export async function managedPolicies(browser: BrowserAllow['browser'], system: System): Promise<ManagedPolicies> {
  const folder = `${policyFolders[browser]}/managed`;
  const { files, unread, cut } = await policyFolder(folder, system);
  const [cannot] = unread;
  const last = `${folder}/${lastPolicy}`;
  const later = files.find(({ location }) => location >= last && !location.startsWith(last));
  return {
    files,
    whyNot: cut
      ? `there are more than ${mostPolicyFiles} files of policies`
      : cannot !== undefined
        ? `${folder}/${cannot} cannot be read`
        : later !== undefined
          ? `${later.location} would come after any file of ours`
          : null,
  };
}

/** The entries of a list that count. */
export function listInForce({ files }: ManagedPolicies, policy: string): string[] {
  return new PoliciesInForce(files, []).list(policy).map(({ value }) => value);
}

/** Which browser a policy's file, or a product, belongs to; null where only its own settings could say. */
export function browserAt(location: string): BrowserAllow['browser'] | null {
  const found = (Object.entries(policyFolders) as [BrowserAllow['browser'], string][]).find(([, folder]) =>
    location.startsWith(`${folder}/`),
  );
  return found?.[0] ?? null;
}
