import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import type { FileOwner, SocketFileFact } from '../../model/device-state.js';
import { fact } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';
import { notYetAsked } from './not-yet-asked.js';

/** The attempt is a connection to a unix socket, or what is spoken on one. */
export function isSocketFile(attempt: Attempt): boolean {
  return attempt.address?.startsWith('/') === true;
}

/** `root:docker, mode 0660`. */
export function ownerText(file: FileOwner): string {
  return `${file.owner}:${file.group}, mode ${file.mode}`;
}

export function socketFileOf({ facts }: Scene): SocketFileFact | undefined {
  return fact(facts, 'device.socketFile');
}

export function fileCulprit(path: string, file: FileOwner | null): Culprit {
  return { kind: 'file', name: path, location: path, ...(file && { owner: ownerText(file) }) };
}

/** What the kernel said, in words: the errno of connect() decides here, no packet is sent. */
export function socketEvidence(attempt: FailedAttempt, says: string): Evidence[] {
  return [{ fact: 'connect', says: `${says} (${attempt.outcome.raw})` }];
}

/** Rights that keep whoever probes from the socket: of the file itself, or of a directory above it. */
export function forbiddenFile(attempt: FailedAttempt, scene: Scene): Finding {
  const path = attempt.address ?? '';
  const file = socketFileOf(scene);
  const user = fact(scene.facts, 'device.self')?.user ?? null;
  const who = user === null ? 'this user' : `the user ${user}`;
  const barrier = file?.barrier ?? null;
  const own = barrier ?? file?.file ?? null;
  const evidence = socketEvidence(attempt, 'the system refused to open it');
  const common = {
    stage: 'connect',
    culprit: fileCulprit(barrier?.path ?? path, own),
    summary: barrier
      ? `${upper(who)} may not enter ${barrier.path}, where the socket ${path} lies.`
      : `${upper(who)} may not use the socket ${path}.`,
    advice: own
      ? `connect as ${own.owner}, or as a member of the group ${own.group}: usermod -aG ${own.group} USER, then log in again`
      : 'connect as the user whom the socket belongs to',
    evidence: own
      ? [...evidence, { fact: 'device.socketFile' as const, says: `${own.path} belongs to ${ownerText(own)}` }]
      : evidence,
  } as const;
  // Who may write to a socket's file may connect to it (unix(7)), and the kernel's answer was that this one may not.
  if (own && keepsOut(own, barrier !== null)) return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.9, missing: notYetAsked(scene, 'device.socketFile'), ...common };
}

/** Others than owner and group may not write (or, to a directory, pass). */
function keepsOut({ mode }: FileOwner, directory: boolean): boolean {
  return (Number.parseInt(mode, 8) & (directory ? 0o001 : 0o002)) === 0;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
