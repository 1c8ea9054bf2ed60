import type { Hostile } from './facts.js';

/** What programs that ban addresses say of the other side. */
export interface BansFact {
  /** The addresses that were asked about. */
  readonly asked: readonly string[];
  readonly lists: readonly BanList[];
}

export interface BanList {
  readonly by: 'fail2ban' | 'crowdsec';
  /** `elsewhere`: its list is another computer's, which is not asked. */
  readonly state: 'answers' | 'not-running' | 'not-installed' | 'elsewhere' | 'unreadable';
  readonly why?: Hostile;
  readonly bans: readonly Ban[];
}

export interface Ban {
  /** The one that was asked about. */
  readonly address: string;
  /** The jail; of CrowdSec the scenario, or what whoever banned it wrote. */
  readonly list: Hostile;
  /** What the list holds: the address, or a network around it. */
  readonly element: Hostile | null;
  /** Where CrowdSec has it from: `crowdsec`, `cscli`, `CAPI`, `lists`. */
  readonly origin?: Hostile | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly forever: boolean;
}
