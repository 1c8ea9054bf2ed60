import type { LoadedProgram } from '../../model/policy-facts.js';
import type { Sockets } from '../../model/system.js';
import { insideCgroup } from './inside-cgroup.js';
import { kernelOf } from './kernel.js';
import type { Libc } from './libc.js';
import { programsOfDirectory } from './loaded-programs.js';
import type { Readiness } from './readiness.js';
import type { SocketOwner } from './socket-owner.js';
import { socketsOf } from './sockets.js';
import { groupOf, unifiedHierarchy } from './unified-hierarchy.js';

export { areForInterfacesLoaded, programsOfInterface } from './loaded-programs.js';

/** The group in which our sockets are made: ours, unless another is taken on. Null without the unified hierarchy. */
export function groupOfSockets(taken: string | null): string | null {
  return unifiedHierarchy() === null ? null : (taken ?? groupOf('self'));
}

export function programsOfGroup(libc: Libc, group: string): LoadedProgram[] | string {
  const mount = unifiedHierarchy();
  return mount === null ? 'ENOENT' : programsOfDirectory(libc, `${mount}${group}`);
}

/** Out of the topmost group; a text where this process may not go there. */
export function rootGroupSockets(libc: Libc, readiness: Readiness, owner: SocketOwner | null): Sockets | string {
  const within = insideCgroup(libc, '/');
  return typeof within === 'string' ? within : socketsOf(kernelOf(libc, owner, within), readiness);
}
