import { decisionForProgram } from '../causes/evidence/app-rule.js';
import type { Attempt } from '../model/attempt.js';
import type { CatalogueEntry } from '../model/cause.js';
import { fact, type Facts } from '../model/facts.js';
import type { Failure, FailureCode } from '../model/failure.js';

/** errno(7) of open() and execve(), as far as they say something of their own. */
const codes: Readonly<Record<string, FailureCode<'execute'>>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'prohibited',
  EPERM: 'not-permitted',
  'timed-out': 'timed-out',
};

/** The named program: whether it can be started at all, and what it tried by itself. */
export function programAttempts(facts: Facts): Attempt[] {
  const program = fact(facts, 'device.program');
  if (!program) return [];
  const base = { host: facts.target.host, on: null, hop: 0, byProgram: true } as const;
  const start: Attempt = {
    ...base,
    id: 'program',
    stage: 'target',
    protocol: 'program',
    address: null,
    port: null,
    outcome: startFailure(program) ?? 'ok',
  };
  const tried = program.tried.map((one): Attempt => {
    const { address, port, outcome } = one;
    const attempt: Attempt = {
      ...base,
      id: `program:connect:${address}:${port}`,
      stage: 'connect',
      protocol: 'program',
      address,
      port,
      outcome: typeof outcome === 'object' ? outcome : 'ok',
    };
    // Silence alone is no failure: the program may just wait. Where a rule forbids it that connection it is.
    if (outcome !== 'silent' || !isForbidden(attempt, facts)) return attempt;
    return { ...attempt, outcome: { operation: 'connect', code: 'timed-out', raw: 'no answer' } };
  });
  return [start, ...tried];
}

/**
 * What would become of the named program's connections that hold for this diagnosis, by the rules of a firewall for programs:
 * nothing where one of them is allowed, or is not known to be forbidden.
 */
export function foretoldAttempts(attempts: readonly Attempt[], facts: Facts): Attempt[] {
  const held = attempts.filter(
    ({ stage, protocol, hop, byProgram, outcome }) =>
      stage === 'connect' && protocol === 'tcp' && hop === 0 && !byProgram && outcome === 'ok',
  );
  const own = attempts.filter(({ byProgram, stage }) => byProgram && stage === 'connect');
  const foretold = held.flatMap(({ host, address, port }): Attempt[] => {
    if (own.some((one) => one.address === address && one.port === port)) return [];
    const base = {
      id: `program:rule:${address}:${port}`,
      stage: 'connect',
      protocol: 'program',
      host,
      address,
      port,
    } as const;
    const attempt: Attempt = { ...base, on: null, hop: 0, byProgram: true, foretold: true, outcome: 'ok' };
    const action = decisionForProgram(attempt, facts)?.action ?? 'allow';
    if (action === 'allow') return [];
    const code = action === 'reject' ? 'aborted' : 'timed-out';
    return [{ ...attempt, outcome: { operation: 'connect', code, raw: `a rule says ${action}` } }];
  });
  return foretold.length === held.length ? foretold : [];
}

/** A firewall for programs has a rule that forbids the named program that connection. */
export function isForbidden(attempt: Attempt, facts: Facts): boolean {
  const action = decisionForProgram(attempt, facts)?.action ?? 'allow';
  return action !== 'allow';
}

/** One that runs has been started, whatever became of its file since. */
function startFailure(program: NonNullable<ReturnType<typeof programOf>>): Failure<'execute'> | null {
  if (program.running) return null;
  const { interpreter } = program;
  const words = [program.opens, program.runs, interpreter?.opens ?? null, interpreter?.runs ?? null];
  // A program that may be run and not read is an ordinary one.
  const telling = program.runs === 'ok' && program.opens === 'EACCES' ? words.slice(1) : words;
  const errno = telling.find((word) => word !== null && word !== 'ok');
  if (errno === undefined || errno === null) return null;
  return { operation: 'execute', code: codes[errno] ?? 'failed', raw: errno };
}

/** Of a program that cannot be started, where nobody is known to stop it. */
export function whyNotStarted({ code, raw }: Failure, facts: Facts): string {
  const program = programOf(facts);
  const path = program?.path ?? program?.named ?? 'the program';
  return code === 'missing' && program?.interpreter == null
    ? `There is no file ${path}: nothing could connect by it. That somebody moved it away is not seen.`
    : `${path} cannot be started (${raw}), and what was measured does not tell who forbids it.`;
}

function programOf(facts: Facts) {
  return fact(facts, 'device.program');
}

/** Guards and limits of one program; that others get through rules the rest out before it is asked. */
const aboutPrograms: ReadonlySet<string> = new Set([
  'app-policy',
  'antivirus-blocks-app',
  'antivirus-quarantined-app',
  'security-software-conflict',
  'os-network-permission',
]);

/** What the program met while the same connection holds for us is about the program, not about the way. */
export function concernsProgram(entry: CatalogueEntry): boolean {
  return aboutPrograms.has(entry.id);
}
