import type { Hostile } from './facts.js';

/** What the service's own status page says: of another machine, in the owner's own words. */
export interface StatusPageFact {
  /** Pages that were asked, and why they gave nothing. */
  readonly asked: readonly { readonly url: string; readonly why?: string }[];
  readonly page: {
    readonly url: string;
    /** Whose form it has. */
    readonly form: 'statuspage' | 'instatus' | 'better-stack' | 'cstate';
    readonly name: Hostile;
    /** `well`: nothing is wrong; `maintenance`: announced work; `outage`: all or most of it; `trouble`: parts of it. */
    readonly says: 'well' | 'trouble' | 'outage' | 'maintenance';
    /** The page's own sentence: "Partial System Outage". */
    readonly words: Hostile;
    readonly updatedAt: Hostile | null;
    /** Parts that are not well, and running incidents, as the page calls them. */
    readonly parts: readonly { readonly name: Hostile; readonly state: Hostile }[];
    readonly incidents: readonly { readonly name: Hostile; readonly since: Hostile | null }[];
    /** The connection to it was encrypted and the certificate held. */
    readonly secure: boolean;
  } | null;
}
