import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { isOwnAddress, ownAddressesKnown } from '../evidence/connection-evidence.js';
import { listenersFor } from '../evidence/listener-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/**
 * A limit of open files is reached: of this program, or of the program here that should answer. The latter's kernel still
 * takes connections, and nobody picks them up.
 */
export const cause: Cause = {
  id: 'too-many-open-files',
  side: 'this-device',
  stage: 'connect',
  title: 'Too many files are open',
  symptoms: [
    ...symptoms('connect', 'too-many-files'),
    ...symptoms('tls', 'timed-out', 'closed', 'reset'),
    ...symptoms('http', 'timed-out', 'closed', 'reset'),
    ...symptoms('service', 'timed-out', 'closed', 'reset'),
  ],
  unix: true,
  needs: ['device.limits', 'device.listeners'],
  remedies: ['raise-file-limit', 'raise-limit'],
  judge(attempt, scene) {
    return attempt.stage === 'connect' ? ofThisProgram(attempt, scene) : ofTheServer(attempt, scene);
  },
};

/** EMFILE is this process's own limit, ENFILE the whole device's (open(2)): the kernel's own words, nothing to guess. */
function ofThisProgram(attempt: FailedAttempt, scene: Scene): Finding {
  const { raw } = attempt.outcome;
  const device = /\bENFILE\b/.test(raw);
  const files = fact(scene.facts, 'device.limits')?.files;
  const use = device ? files?.device : files?.process;
  const count = use ? `: ${use.used} of ${use.limit}` : '';
  return {
    says: 'proven',
    culprit: { kind: 'limit', name: device ? `fs.file-max${count}` : `open files of this process (ulimit -n)${count}` },
    summary: device
      ? 'This computer has too many open files: no program can open another connection.'
      : 'This program may not open another file or connection: its limit of open files is reached.',
    advice: device
      ? 'find out which program holds so many files, and end it; or raise fs.file-max'
      : 'raise the limit (ulimit -n), or close what is not needed',
    evidence: [
      { fact: 'connect', says: `the system refused to open a socket (${raw})` },
      ...(use ? [{ fact: 'device.limits' as const, says: `${use.used} of ${use.limit} are open` }] : []),
    ],
  };
}

function ofTheServer(attempt: FailedAttempt, scene: Scene): Finding {
  if (!isOwnAddress(attempt.address, scene)) {
    return ownAddressesKnown(scene)
      ? { says: 'ruledOut', because: 'the target is another computer', facts: ['device.listeners'] }
      : { says: 'unknown', missing: notYetAsked(scene, 'device.listeners') };
  }
  const limits = fact(scene.facts, 'device.limits');
  if (!limits) return { says: 'unknown', missing: notYetAsked(scene, 'device.limits', 'device.listeners') };
  const full = limits.listeners.find(({ used, limit }) => used >= limit);
  const listening = listenersFor(attempt, scene)?.reachable ?? [];
  if (!full || listening.length === 0) {
    return limits.listeners.length > 0
      ? { says: 'ruledOut', because: 'the program that listens there may open more files', facts: ['device.limits'] }
      : { says: 'unknown', missing: [], because: 'the open files of the program there may not be seen; root may' };
  }
  const waiting = listening.reduce((sum, one) => sum + (one.backlog?.used ?? 0), 0);
  return {
    says: 'fits',
    weight: 0.9,
    stage: attempt.stage,
    culprit: {
      kind: 'limit',
      name: `open files of ${full.process} (process ${full.pid}): ${full.used} of ${full.limit}`,
    },
    summary: `${full.process} on this computer has as many files open as it may, and so takes no connection.`,
    advice: `raise its limit of open files (LimitNOFILE= in its unit, or ulimit -n), or find out what it does not close`,
    evidence: [
      { fact: 'device.limits', says: `process ${full.pid} has ${full.used} files open, and may have ${full.limit}` },
      ...(waiting > 0
        ? [{ fact: 'device.listeners' as const, says: `${waiting} connections wait to be taken by it` }]
        : []),
    ],
  };
}
