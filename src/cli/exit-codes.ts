/** Exit codes of the command (contract). Scripts depend on them: add, never change. */
export const exitCodes = {
  /** Reachable or degraded; for other commands: done. */
  works: 0,
  /** Failed, and the cause is named (likely or better). */
  named: 1,
  /** The call's words are wrong: one line on stderr. */
  wrongWords: 2,
  /** Failed, and the cause cannot be told from here. */
  untold: 3,
  /** `fix`: there is nothing that it may change. */
  nothingToChange: 4,
  /** `fix`: whoever was asked said no, or nobody could be asked. */
  declined: 5,
  /** A fault of this program. */
  ownFault: 70,
  /** Ended by a signal, as shells count: 128 and the signal's number. */
  interrupted: 130,
  terminated: 143,
} as const;
