import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside } from '../evidence/connection-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { askedEvidence, deciders, foundEvidence, guardName, programAdvice } from '../evidence/program-guard.js';

/**
 * A scanner that is asked before files are opened (fanotify) says no to the program's own file: open() and execve() fail
 * with EPERM, or hang while it does not answer. Told by its mark on that file, its folder, mount or file system; proven by
 * its log, where that names the file at this time.
 */
export const cause: Cause = {
  id: 'antivirus-blocks-app',
  side: 'this-device',
  stage: 'target',
  title: 'A security program stops the program',
  symptoms: [
    ...symptoms('connect', 'not-permitted', 'prohibited'),
    ...symptoms('execute', 'not-permitted', 'prohibited', 'timed-out'),
  ],
  needs: ['device.program', 'device.programGuards'],
  remedies: ['update-signatures', 'allow-in-scanner'],
  yieldsTo: ['security-software-conflict'],
  judge(attempt, scene): Finding {
    if (attempt.stage !== 'target') return ofConnection(attempt, scene);
    if (attempt.outcome.code === 'prohibited')
      return {
        says: 'ruledOut',
        because: 'a scanner that is asked before files are opened gives another error (EPERM)',
        facts: ['device.program'],
      };
    const guards = fact(scene.facts, 'device.programGuards');
    if (!guards)
      return {
        says: 'unknown',
        missing: notYetAsked(scene, 'device.programGuards'),
        because: 'who is asked before the file is opened is not known',
      };
    const [one, ...more] = deciders(scene);
    if (!one) {
      return guards.closed.length > 0
        ? { says: 'unknown', missing: [], because: 'who is asked before the file is opened only root may see' }
        : { says: 'ruledOut', because: 'nobody is asked before the file is opened', facts: ['device.programGuards'] };
    }
    const { found } = guards;
    const program = fact(scene.facts, 'device.program');
    const name = program?.path ?? program?.named ?? 'the program';
    const silent = attempt.outcome.code === 'timed-out';
    const names = [one, ...more].map(guardName).join(' or ');
    const common = {
      stage: 'target' as const,
      culprit: {
        kind: found && !silent ? ('signature' as const) : ('product' as const),
        name: found && !silent ? found.signature : silent ? names : (one.product?.name ?? one.process),
        // Which of several does not answer is not seen.
        ...((!silent || more.length === 0) && { owner: one.product?.name ?? one.process }),
        location: one.file,
      },
      summary: silent
        ? `${names} is asked before ${name} is opened, and does not answer: the program does not start.`
        : `${guardName(one)} does not let ${name} be opened${found ? `: it found ${found.signature} in it` : ''}.`,
      advice: silent ? silentAdvice([one, ...more]) : programAdvice(found?.signature ?? null),
      evidence: [
        { fact: 'device.program' as const, says: `opening or starting it ends with ${attempt.outcome.raw}` },
        ...[one, ...more].map(askedEvidence),
        ...foundEvidence(found),
      ],
    };
    if (found?.now && !silent && one.product?.name === found.product) return { says: 'proven', ...common };
    // Which of several said no, or whether it was a policy after all, is not written anywhere.
    return { says: 'fits', weight: 0.85, atMost: 'likely', ...common };
  },
};

function silentAdvice(asked: ReturnType<typeof deciders>): string {
  const ofClamAv = asked.some(({ product }) => product?.name === 'ClamAV');
  return `see whether ${asked.map(({ process }) => process).join(' and ')} and the scanner behind still runs${ofClamAv ? ': sudo systemctl status clamav-daemon' : ''}`;
}

function ofConnection(attempt: FailedAttempt, scene: Scene): Finding {
  if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene))
    return { says: 'ruledOut', because: 'the packet left this computer and was answered outside', facts: ['connect'] };
  return { says: 'unknown', missing: [], because: 'what security programs do to connections is not seen' };
}
