// Worlds have networks and files of their own, but one table of processes: which scenarios would see each other's programs.
import type { Scenario } from '../scenario.js';

/** A firewall for programs that runs elsewhere on the machine: what it lets a program do is not known without root. */
const hasGuardOfPrograms = ({ needs }: Scenario): boolean => needs?.includes('opensnitch') ?? false;
const isAboutProgram = ({ arguments: words = [] }: Scenario): boolean =>
  words.includes('--app') || words.includes('run');

export function wouldSeeEachOther(one: Scenario, other: Scenario): boolean {
  return (
    (hasGuardOfPrograms(one) && (isAboutProgram(other) || hasGuardOfPrograms(other))) ||
    (hasGuardOfPrograms(other) && isAboutProgram(one))
  );
}

/** Takes the first that can run beside those; null where all that are left have to wait for one of them to end. */
export function takeNext(waiting: Scenario[], running: Iterable<Scenario>): Scenario | null {
  const beside = [...running];
  const at = waiting.findIndex((one) => !beside.some((other) => wouldSeeEachOther(one, other)));
  return at === -1 ? null : (waiting.splice(at, 1)[0] ?? null);
}
