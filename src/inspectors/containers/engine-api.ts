import type { Duplex } from 'node:stream';
import type { System } from '../../model/system.js';

const mostBytes = 4 * 1024 * 1024;
const connectMs = 500;
const answerMs = 1_500;

type Asking = { readonly system: System; readonly signal: AbortSignal };

/**
 * Where an engine of containers may listen (Docker's interface, which Podman speaks too). As root a place that a variable
 * names counts only where the socket is root's own.
 */
export async function engineSockets({ files, environment, identity }: System): Promise<string[]> {
  const named = /^unix:\/\/(\/.{1,200})$/.exec(environment('DOCKER_HOST') ?? '')?.[1];
  const runtime = identity.root ? undefined : environment('XDG_RUNTIME_DIR');
  const own = runtime?.startsWith('/') === true ? [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`] : [];
  const all = [...(named === undefined ? [] : [named]), '/var/run/docker.sock', '/run/podman/podman.sock', ...own];
  const there: string[] = [];
  for (const path of all) {
    const stat = await files.stat(path);
    if (typeof stat === 'string' || stat.kind !== 'socket') continue;
    if (!identity.root || stat.uid === 0) there.push(path);
  }
  return [...new Set(there)];
}

/** One GET by HTTP/1.0: the answer is not chunked, and ends with the connection. Null for anything but JSON in time. */
export async function askEngine(socket: string, path: string, { system, signal }: Asking): Promise<unknown> {
  const { stream } = await system.sockets.dialUnix(socket, connectMs, signal).done;
  if (!stream) return null;
  const ended = new AbortController();
  const late = system.clock.sleep(answerMs, AbortSignal.any([signal, ended.signal])).then(() => null);
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

export function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? Reflect.get(object, key)
    : undefined;
}

export function textAt(object: unknown, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === 'string' ? value : undefined;
}
