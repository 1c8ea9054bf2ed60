import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { expectedService, serviceAdvice, serviceEvidence, whatBecame } from './local-service-evidence.js';
import { notYetAsked } from './not-yet-asked.js';
import { fileCulprit, socketEvidence, socketFileOf } from './socket-file-evidence.js';

/** Nobody listens on a unix socket: its file is missing, was left behind by a program that is gone, or is no socket. */
export function nobodyAtSocketFile(attempt: FailedAttempt, scene: Scene): Finding {
  const path = attempt.address ?? '';
  const { code } = attempt.outcome;
  const missing = code === 'not-found';
  const file = socketFileOf(scene);
  const expected = expectedService(scene);
  const [other] = file?.elsewhere ?? [];
  const said = missing
    ? socketEvidence(attempt, 'the system says that there is no such file')
    : socketEvidence(attempt, 'the system says that nobody listens on it');
  const known: Evidence[] = [
    ...(missing && file?.existing
      ? [{ fact: 'device.socketFile' as const, says: `${file.existing} is there, and nothing of that name in it` }]
      : []),
    ...(!missing && file?.kind === 'file'
      ? [{ fact: 'device.socketFile' as const, says: 'it is an ordinary file' }]
      : []),
    ...(other === undefined ? [] : [{ fact: 'device.socketFile' as const, says: `somebody listens on ${other}` }]),
    ...(expected ? serviceEvidence(expected) : []),
  ];
  const waiting = notYetAsked(scene, 'device.socketFile', 'device.services');
  const common = {
    side: 'this-device',
    stage: 'connect',
    culprit: fileCulprit(path, file?.file ?? null),
    summary: `${sentence(path, missing, file?.kind)}${expected ? `: ${whatBecame(expected)}` : ''}.`,
    advice:
      other === undefined
        ? expected
          ? serviceAdvice(expected)
          : 'start the program that makes this socket, or check the path in its settings'
        : `use ${other}, if that is the one that is meant`,
    evidence: [...said, ...known],
  } as const;
  // unix(7): the errno is the kernel's own word for it, and nothing but the file system lies between.
  return waiting.length === 0 ? { says: 'proven', ...common } : { says: 'fits', missing: waiting, ...common };
}

function sentence(path: string, missing: boolean, kind: string | undefined): string {
  if (missing) return `There is no socket ${path}`;
  if (kind === 'file' || kind === 'directory') return `${path} is no socket, so nobody can listen on it`;
  return `Nobody listens on the socket ${path}: its program has ended and left the file behind`;
}
