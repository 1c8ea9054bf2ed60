import type { Duplex } from 'node:stream';
import type { LocalService, ServiceExit } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import { withoutSecrets } from './last-words.js';

const sockets = ['/var/run/docker.sock', '/run/podman/podman.sock'];
const mostBytes = 4 * 1024 * 1024;
const mostContainers = 24;

/**
 * Containers that should serve the port on this device and do not run, by the engine's own interface (Docker's, which
 * Podman speaks too). It only reads. Null where no engine can be asked.
 */
export async function containersFor(port: number, context: Context): Promise<LocalService[] | null> {
  const runtime = context.system.identity.root ? undefined : context.system.environment('XDG_RUNTIME_DIR');
  const own = runtime?.startsWith('/') === true ? [`${runtime}/podman/podman.sock`] : [];
  for (const socket of [...sockets, ...own]) {
    const list = await get(socket, '/containers/json?all=1', context);
    if (!Array.isArray(list)) continue;
    const ids = list.slice(0, mostContainers).flatMap((entry) => textAt(entry, 'Id') ?? []);
    const inspected = await Promise.all(
      ids.filter((id) => /^[0-9a-f]{12,64}$/.test(id)).map((id) => get(socket, `/containers/${id}/json`, context)),
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
    because: `container ${name} publishes its port ${publishes[0]} as port ${port} of this computer`,
    location: `container ${name}`,
    exit: running ? null : exitOf(state),
    words: error === '' ? null : { text: withoutSecrets(error).slice(0, 300), location: `container ${name}` },
    heldBy: null,
    start: /^[\w.-]{1,80}$/.test(name) ? `docker start ${name}` : null,
  };
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

/** One GET by HTTP/1.0: the answer is not chunked, and ends with the connection. Null for anything but JSON. */
async function get(socket: string, path: string, { system, signal }: Context): Promise<unknown> {
  const { stream } = await system.sockets.dialUnix(socket, 500, signal).done;
  if (!stream) return null;
  const ended = new AbortController();
  const late = system.clock.sleep(1_500, AbortSignal.any([signal, ended.signal])).then(() => null);
  stream.write(`GET ${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`);
  const text = await Promise.race([wholeOf(stream), late]);
  ended.abort();
  stream.destroy();
  const [, status, body] = /^HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n[^]*?\r\n\r\n([^]*)$/.exec(text ?? '') ?? [];
  if (status !== '200' || body === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch {
    return null; // not what an engine says
  }
}

function wholeOf(stream: Duplex): Promise<string> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const done = (): void => resolve(Buffer.concat(pieces).toString('utf8'));
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) done();
      else pieces.push(piece);
    });
    stream.on('end', done);
    stream.on('error', done);
    stream.on('close', done);
    stream.resume();
  });
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? Reflect.get(object, key)
    : undefined;
}

function textAt(object: unknown, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === 'string' ? value : undefined;
}
