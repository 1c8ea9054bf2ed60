import type { LocalService, ServiceExit } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import { askEngine, engineSockets, textAt, valueAt } from '../containers/engine-api.js';
import { withoutSecrets } from './last-words.js';

const mostContainers = 24;

/**
 * Containers that should serve the port on this device and do not run, by the engine's own interface (Docker's, which
 * Podman speaks too). It only reads. Null where no engine can be asked.
 */
export async function containersFor(port: number, context: Context): Promise<LocalService[] | null> {
  for (const socket of await engineSockets(context.system)) {
    const list = await askEngine(socket, '/containers/json?all=1', context);
    if (!Array.isArray(list)) continue;
    const ids = list.slice(0, mostContainers).flatMap((entry) => textAt(entry, 'Id') ?? []);
    const inspected = await Promise.all(
      ids
        .filter((id) => /^[0-9a-f]{12,64}$/.test(id))
        .map((id) => askEngine(socket, `/containers/${id}/json`, context)),
    );
    return inspected.flatMap((container) => serviceOf(container, port) ?? []);
  }
  return null;
}

function serviceOf(container: unknown, port: number): LocalService | null {
  const bindings = valueAt(valueAt(container, 'HostConfig'), 'PortBindings');
  if (typeof bindings !== 'object' || bindings === null) return null;
  const publishes = Object.entries(bindings).find(
    ([inside, hosts]) =>
      inside.endsWith('/tcp') &&
      Array.isArray(hosts) &&
      hosts.some((host) => textAt(host, 'HostPort') === String(port)),
  );
  if (!publishes) return null;
  const state = valueAt(container, 'State');
  const status = textAt(state, 'Status') ?? '';
  const name = (textAt(container, 'Name') ?? '').replace(/^\//, '').slice(0, 80);
  const running = status === 'running';
  const error = textAt(state, 'Error') ?? '';
  return {
    name: `container ${name}`,
    state: running
      ? 'running'
      : status === 'restarting' || status === 'created'
        ? 'starting'
        : exited(state)
          ? 'failed'
          : 'stopped',
    because: `container ${name} publishes its port ${publishes[0]} as port ${port} of this computer${healthOf(state)}`,
    location: `container ${name}`,
    exit: running ? null : exitOf(state),
    words: error === '' ? null : { text: withoutSecrets(error).slice(0, 300), location: `container ${name}` },
    heldBy: null,
    start: /^[\w.-]{1,80}$/.test(name) ? `docker start ${name}` : null,
  };
}

/** Its own check (HEALTHCHECK), where it has one that is not content. */
function healthOf(state: unknown): string {
  const health = textAt(valueAt(state, 'Health'), 'Status');
  if (health === 'unhealthy') return '; it runs, and its own check says that it is not well';
  return health === 'starting' ? '; it runs, and its own check has not called it ready yet' : '';
}

function exited(state: unknown): boolean {
  const code = valueAt(state, 'ExitCode');
  return (typeof code === 'number' && code !== 0) || valueAt(state, 'OOMKilled') === true;
}

function exitOf(state: unknown): ServiceExit | null {
  const at = textAt(state, 'FinishedAt')?.slice(0, 19) ?? null;
  const code = valueAt(state, 'ExitCode');
  const base = { at: at?.startsWith('0001') === true ? null : at, source: 'container engine' };
  if (valueAt(state, 'OOMKilled') === true) return { how: 'out-of-memory', value: null, ...base };
  return typeof code === 'number' ? { how: 'code', value: String(code), ...base } : null;
}
