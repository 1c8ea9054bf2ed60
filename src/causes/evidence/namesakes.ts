import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { ComposeFile, ContainerFact } from '../../model/container-facts.js';
import { fact, type NamespacesFact } from '../../model/facts.js';

type Listener = NamespacesFact['listeners'][number];

/** Those of one network namespace that listen on the port that was asked for. */
export interface Namesake {
  readonly listener: Listener;
  /** Where its engine could be asked. */
  readonly container: ContainerFact | null;
}

/** Which of the programs in other namespaces is meant. Several that nothing tells apart are a list, and no answer. */
export type Meant =
  | { readonly one: Namesake; readonly because: string | null }
  | { readonly one: null; readonly all: readonly Namesake[] };

/**
 * A port alone says little: many containers serve 5432. One is meant where it is the only one, or where something beside the
 * port ties it, and it alone, to whoever asks.
 */
export function meantOf(attempt: FailedAttempt, scene: Scene, { listeners }: NamespacesFact): Meant | null {
  const all = namesakes(listeners, scene);
  const [only] = all;
  if (only === undefined) return null;
  if (all.length === 1) return { one: only, because: null };
  const compose = fact(scene.facts, 'device.containers')?.compose;
  const self = fact(scene.facts, 'device.self');
  const ties: readonly (readonly [because: string, (one: Namesake) => boolean])[] = [
    [
      "it alone belongs to this folder's compose file",
      ({ container }) => container !== null && isComposed(container, compose),
    ],
    [
      'it alone is published on this computer',
      ({ container }) =>
        container?.ports.some(({ port, published }) => port === attempt.port && published.length > 0) === true,
    ],
    [
      'it alone runs as the same user',
      ({ listener }) => (self?.uid ?? 0) !== 0 && listener.process !== null && listener.uid === self?.uid,
    ],
  ];
  for (const [because, isTied] of ties) {
    const [tied, ...others] = all.filter(isTied);
    if (tied && others.length === 0) return { one: tied, because };
  }
  return { one: null, all };
}

function namesakes(listeners: readonly Listener[], scene: Scene): Namesake[] {
  const containers = fact(scene.facts, 'device.containers')?.containers ?? [];
  const first = new Map(listeners.toReversed().map((one) => [one.network ?? `process ${one.pid}`, one]));
  return [...first.values()].toReversed().map((listener) => ({
    listener,
    container:
      containers.find(({ id, pid }) => id === listener.container || (pid !== null && pid === listener.first)) ?? null,
  }));
}

/** Another project may have a service of the same name; a project has its folder's name where nothing else is said. */
function isComposed({ service, project }: ContainerFact, compose: ComposeFile | undefined): boolean {
  if (!compose?.services.some(({ name }) => name === service)) return false;
  const folder = compose.location.split('/').at(-2) ?? '';
  return project === null || project === folder.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '');
}
