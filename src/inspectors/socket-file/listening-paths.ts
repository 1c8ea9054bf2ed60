import type { Context } from '../../model/gatherer.js';

const mostLines = 20_000;
/** __SO_ACCEPTCON of include/linux/net.h: somebody called listen(). */
const acceptsConnections = 0x10000;

/**
 * Paths of unix sockets on which somebody listens in this network namespace (/proc/net/unix), or null where that cannot be
 * read. The path is what the listener bound, in its own file system.
 */
export async function listeningPaths({ system }: Pick<Context, 'system'>): Promise<string[] | null> {
  const file = await system.files.read('/proc/net/unix', 4 * 1024 * 1024);
  return file.ok ? pathsIn(Buffer.from(file.bytes).toString('utf8')) : null;
}

/** `Num RefCount Protocol Flags Type St Inode Path`. */
export function pathsIn(text: string): string[] {
  const found = text.split('\n', mostLines).flatMap((line) => {
    const [, flags = '', path = ''] = /^\S+ \S+ \S+ ([0-9A-Fa-f]{8}) \S+ \S+ +\d+ (\/.*)$/.exec(line) ?? [];
    return path !== '' && (Number.parseInt(flags, 16) & acceptsConnections) !== 0 ? [path] : [];
  });
  return [...new Set(found)];
}
