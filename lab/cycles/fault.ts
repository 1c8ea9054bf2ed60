// What may go wrong once while something is changed.
export type Fault = {
  /** Before which step; steps are counted from 0. */
  at: number;
  /** Where each step is written down. */
  log: string | null;
} & (
  | { kind: 'none' | 'kill' | 'kill-watchdog' | 'power' | 'hang-up' | 'disk-full' }
  | { kind: 'meanwhile' | 'second-run'; command: readonly string[] }
  /** Before each step the disk is copied as it is; with `synced` after all has reached it. */
  | { kind: 'snapshots'; disk: string; into: string; synced: boolean }
);

export type FaultKind = 'none' | 'kill' | 'kill-watchdog' | 'power' | 'hang-up' | 'disk-full' | 'reload' | 'second-run';

export const faultKinds: readonly FaultKind[] = [
  'kill',
  'kill-watchdog',
  'power',
  'hang-up',
  'disk-full',
  'reload',
  'second-run',
];
