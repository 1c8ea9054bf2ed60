import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Denial } from '../../model/policy-facts.js';
import { triesOf } from './connection-evidence.js';
import { notYetAsked } from './not-yet-asked.js';

/** What a security module gives to socket() and connect(): EACCES, or what a filter of seccomp chooses. */
const codes: ReadonlySet<string> = new Set(['prohibited', 'not-permitted']);

/** A security module of the kernel has written down that it refused that very program a connection. Null where none has. */
export function deniedByModule(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { facts } = scene;
  if (!codes.has(attempt.outcome.code) || fact(facts, 'device.self')?.root !== true) return null;
  // An error that came back from the way was no refusal of a call.
  if (!attempt.byProgram && !triesOf(attempt, scene).some(({ synchronous }) => synchronous)) return null;
  const measured = facts['device.denials'];
  if (measured === undefined)
    return { says: 'unknown', missing: notYetAsked(scene, 'device.denials'), because: 'logs of denials were not read' };
  if (measured.state !== 'known') return null;
  const own = measured.value.entries.filter((entry) => !entry.permissive && isOf(entry, attempt, facts));
  const exact = own.findLast(({ port }) => port !== null && port === attempt.port);
  const entry = exact ?? own.findLast(({ port }) => port === null);
  return entry ? told(entry, attempt, entry === exact && entry.address === attempt.address) : null;
}

/** The very process; else the same file; a name alone anybody can choose, so that it counts only where there is no file. */
function isOf({ pid, program, process }: Denial, attempt: FailedAttempt, facts: Facts): boolean {
  const asked = attempt.byProgram ? fact(facts, 'device.program') : undefined;
  const path = asked ? asked.path : (fact(facts, 'device.appFirewall')?.asker ?? null);
  if (asked && asked.pid !== null && pid === asked.pid) return true;
  if (program !== null) return path !== null && program === path;
  // The kernel keeps 15 letters of a name (TASK_COMM_LEN).
  const name = (path ?? (asked ? asked.named : 'node')).split('/').at(-1) ?? '';
  return process !== null && process === name.slice(0, 15);
}

function told(entry: Denial, attempt: FailedAttempt, sameConnection: boolean): Finding {
  const { by, policy, operation, process, pid, log, at } = entry;
  const name = policy === null ? by : `${by} ${by === 'SELinux' ? 'domain' : 'profile'} ${policy}`;
  const who = process ?? 'the program';
  return {
    ...(sameConnection ? { says: 'proven' } : { says: 'fits', weight: 0.97 }),
    stage: 'connect',
    culprit: { kind: 'policy', name, owner: by, location: log },
    summary: `${by}, a security module of this computer's kernel, forbids ${who} this connection${policy === null ? '' : ` (${policy})`}.`,
    advice: adviceFor(entry, attempt),
    evidence: [
      {
        fact: 'device.denials',
        says: `${log}, ${at}: ${by} refused ${who}${pid === null ? '' : ` (process ${pid})`} ${operation}${entry.port === null ? '' : ` to port ${entry.port}`}`,
      },
    ],
  };
}

function adviceFor({ by, policy, port }: Denial, attempt: FailedAttempt): string {
  if (by === 'AppArmor')
    return policy?.startsWith('snap.') === true
      ? `sudo snap connect ${policy.split('.')[1] ?? ''}:network gives that snap the right to use the network`
      : `its profile lies in /etc/apparmor.d; whoever runs this computer can allow network access in it, and load it anew`;
  if (by === 'SELinux')
    return `sudo ausearch -m avc -ts recent | audit2why says which switch (boolean) or port label would allow port ${port ?? attempt.port ?? ''}`;
  return 'the program, or whatever starts it, sets that up itself: look into its settings for sandbox or network access';
}
