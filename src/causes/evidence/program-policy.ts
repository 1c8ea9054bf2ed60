import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { NetworkPermission, ProgramFact, ProgramTry } from '../../model/program.js';
import type { Culprit } from '../../model/words.js';
import { stoppedProgram } from './app-rule.js';
import { deniedByModule } from './denied-by-module.js';
import { permissionEvidence, refusedPermission } from './network-permission.js';
import { byPermission } from './network-without-way.js';

/**
 * What the system forbids to the named program: to be run at all, or a connection that holds for this diagnosis, which is
 * made as the same user, in the same network and group.
 */
export function policyForProgram(attempt: FailedAttempt, scene: Scene): Finding {
  const program = fact(scene.facts, 'device.program');
  if (!program) return { says: 'unknown', missing: [], because: 'the program was not looked at' };
  return attempt.stage === 'target' ? mayNotRun(attempt, program) : refusedConnection(attempt, program, scene);
}

function mayNotRun(attempt: FailedAttempt, program: ProgramFact): Finding {
  const { file, path } = program;
  if (attempt.outcome.code !== 'prohibited' || file === null)
    return { says: 'unknown', missing: [], because: 'who forbids the program to be run is not known' };
  const nobody = (Number.parseInt(file.mode, 8) & 0o111) === 0;
  const culprit: Culprit = { kind: 'policy', name: `mode ${file.mode} of ${path ?? ''}`, location: file.path };
  const rights = `${file.owner}:${file.group}, mode ${file.mode}`;
  if (nobody) {
    return {
      says: 'proven',
      stage: 'target',
      culprit,
      summary: `${path ?? program.named} is not allowed to be run: its file gives nobody that right.`,
      advice: `if it is a program that you trust, allow it to be run: chmod u+x ${path ?? ''}`,
      evidence: [{ fact: 'device.program', says: `the system refuses to run it; its file belongs to ${rights}` }],
    };
  }
  return {
    says: 'fits',
    atMost: 'likely',
    stage: 'target',
    culprit: { ...culprit, name: `rights of ${path ?? ''}` },
    summary: `The system does not let this user run ${path ?? program.named}.`,
    advice: 'look at the rights of its file and of the folders above it, and whether its disk is mounted with noexec',
    evidence: [{ fact: 'device.program', says: `execve() is refused (EACCES); its file belongs to ${rights}` }],
  };
}

/**
 * The call itself came back with a refusal, before anything was sent; the same call of ours, with the same user, network
 * and group, did not. What is left is what differs: the program and its sandbox.
 */
function refusedConnection(attempt: FailedAttempt, program: ProgramFact, scene: Scene): Finding {
  const denied = refusedPermission(program.permission ?? null);
  if (denied) return denied.decided === 'setting' ? innocentOf(denied) : withoutRight(attempt, denied);
  if (attempt.outcome.code === 'network-unreachable') return cutOff(attempt, program);
  const stopped = stoppedProgram(attempt, scene);
  if (stopped) return stopped;
  const denial = deniedByModule(attempt, scene);
  if (denial && denial.says !== 'unknown') return denial;
  const left = program.notAdopted.filter(({ what }) => what !== 'environment' && what !== 'files');
  if (left.length > 0) {
    const what = left.map((one) => one.what).join(' and ');
    return { says: 'unknown', missing: [], because: `this diagnosis could not take on the program's ${what}` };
  }
  const who = sandboxes(program, attempt.outcome);
  const [only] = who;
  const name = program.path ?? program.named;
  const call = triedBy(program, attempt)?.call ?? 'connect';
  const evidence: Evidence[] = [
    { fact: 'device.program', says: refusal(call, attempt.outcome.raw) },
    outsideOfIt(attempt, scene),
    ...who.map(({ shown }) => ({ fact: 'device.program' as const, says: shown })),
  ];
  const certain = who.length === 1 && only !== undefined;
  return {
    says: 'fits',
    weight: 0.9,
    ...(denial && { missing: denial.missing }),
    stage: 'connect',
    culprit: { kind: 'policy', name: certain ? `${only.name} of ${name}` : `a policy for ${name}` },
    summary: summaryOf(certain ? only.words : null, name, call, attempt.outcome.raw),
    advice: certain ? only.advice : 'look for a sandbox or a security policy that is set for this program',
    evidence,
  };
}

function triedBy({ tried }: ProgramFact, { address, port }: FailedAttempt): ProgramTry | undefined {
  return tried.find((one) => one.address === address && one.port === port);
}

function refusal(call: 'connect' | 'socket', errno: string): string {
  if (errno === 'SIGSYS') return `the program was ended by the kernel as it called ${call}() (SIGSYS)`;
  if (call === 'socket') return `socket() of the program gave ${errno}: it got nothing that it could connect with`;
  return `connect() of the program gave ${errno} at once, before anything was sent`;
}

/** Ours shows that it is about the program, also where something else is in its way further on. */
function outsideOfIt(attempt: FailedAttempt, { attempts }: Scene): Evidence {
  const ours = attempts.find(
    (one) => !one.byProgram && one.stage === 'connect' && one.address === attempt.address && one.port === attempt.port,
  );
  const says =
    ours?.outcome === 'ok'
      ? 'the same connection holds for the same user outside of that program'
      : 'the same connection leaves this computer for the same user outside of that program (it fails there for a reason of its own)';
  return { fact: 'connect', says };
}

function summaryOf(who: string | null, name: string, call: 'connect' | 'socket', errno: string): string {
  const what = call === 'socket' ? 'to use the network at all' : 'to connect there';
  if (errno === 'SIGSYS')
    return `${who ?? 'A filter for system calls (seccomp)'} ends ${name} as soon as it tries ${what}; other programs of the same user may.`;
  return who === null
    ? `Something forbids ${name}, and not other programs of the same user, ${what}.`
    : `${who} forbids ${name} ${what}; other programs of the same user may.`;
}

/** Its right to use the network was taken away (`os-network-permission`), and the system refused it a connection at once. */
export function permissionForProgram(attempt: FailedAttempt, scene: Scene): Finding | null {
  const denied = refusedPermission(fact(scene.facts, 'device.program')?.permission ?? null);
  return denied && attempt.stage === 'connect' ? withoutRight(attempt, denied) : null;
}

function withoutRight(attempt: FailedAttempt, denied: NetworkPermission): Finding {
  return {
    ...byPermission(denied),
    says: 'fits',
    weight: 0.95,
    evidence: [
      { fact: 'device.program', says: `connect() of the program gave ${attempt.outcome.raw} at once` },
      permissionEvidence(denied),
      { fact: 'connect', says: 'the same connection holds for the same user outside of that program' },
    ],
  };
}

function innocentOf({ by }: NetworkPermission): Finding {
  return { says: 'unknown', missing: [], because: `the settings of ${by} forbid it the network already` };
}

/** It went into a network of its own, and only root may look into that. */
function cutOff(attempt: FailedAttempt, program: ProgramFact): Finding {
  const away = program.notAdopted.find(({ what }) => what === 'network');
  if (!away)
    return {
      says: 'unknown',
      missing: [],
      because: 'why there is no way for that program, and one for us, is not known',
    };
  const name = program.path ?? program.named;
  const first = program.network?.first ?? null;
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: 'connect',
    culprit: {
      kind: 'policy',
      name: `network namespace of ${first === null ? name : `${first.process} (process ${first.pid})`}`,
    },
    summary: `${name} runs in a network of its own, out of which no way leads there; outside of it the connection holds.`,
    advice: 'look how it is started: something (unshare, bwrap, firejail, a unit with PrivateNetwork=) cuts it off',
    evidence: [
      {
        fact: 'device.program',
        says: `connect() of the program gave ${attempt.outcome.raw} at once, before anything was sent`,
      },
      { fact: 'device.program', says: 'it, or what it started, went into another network than this computer’s' },
      { fact: 'connect', says: 'the same connection holds for the same user outside of that network' },
    ],
  };
}

interface Suspect {
  readonly name: string;
  readonly words: string;
  readonly shown: string;
  readonly advice: string;
}

/** What no security module gives. */
const onlyOfFilters: ReadonlySet<string> = new Set(['SIGSYS', 'ENOSYS']);

const ownSandbox =
  'the program, or whatever starts it, sets that up itself: look into its settings for sandbox or network access';

/**
 * What can give that error: Landlock EACCES (security/landlock/net.c), a filter of seccomp whatever its author chose,
 * AppArmor and SELinux EACCES. Those that the program was seen to enter come before those that it is merely in.
 */
function sandboxes({ entered, sandbox, permission }: ProgramFact, { code, raw }: Failure): Suspect[] {
  const { label, seccomp, packaged } = sandbox;
  const landlock = entered.includes('landlock') && code === 'prohibited';
  const filter = entered.includes('seccomp') || seccomp === 'filter' || onlyOfFilters.has(raw);
  const confined = !onlyOfFilters.has(raw) && label !== null && !/^unconfined|unconfined_t|^kernel$/.test(label);
  return [
    ...(landlock
      ? [
          {
            name: 'Landlock rules',
            words: 'A sandbox (Landlock)',
            shown: 'it put itself under Landlock',
            advice: ownSandbox,
          },
        ]
      : []),
    ...(filter && !landlock
      ? [
          {
            name: 'the seccomp filter',
            words: 'A sandbox (a seccomp filter)',
            shown: 'a filter for system calls (seccomp) is in force for it',
            advice: ownSandbox,
          },
        ]
      : []),
    ...(confined
      ? [
          {
            name: `the profile ${label}`,
            words: `The security profile ${label}`,
            shown: `it runs under the profile ${label}`,
            advice: 'whoever runs this computer sets such profiles: ask for network access for this program',
          },
        ]
      : []),
    ...(packaged !== null && !onlyOfFilters.has(raw) && permission?.allowed !== true
      ? [
          {
            name: packaged,
            words: `The package system (${packaged})`,
            shown: `it is installed as ${packaged}`,
            advice: 'give the package the right to use the network',
          },
        ]
      : []),
  ];
}
