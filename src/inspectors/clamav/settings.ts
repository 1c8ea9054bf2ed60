import type { Files } from '../../model/system.js';

/** Where distributions keep clamd's settings: Debian, Fedora, Arch and others. */
const places = ['/etc/clamav/clamd.conf', '/etc/clamd.d/scan.conf', '/etc/clamd.conf'];
/** Where the packages of all distributions keep the signatures, and where clamscan looks of itself. */
export const usualDatabases = '/var/lib/clamav';
const mostBytes = 256 * 1024;
const mostLines = 5_000;

/** clamd.conf(5), as far as it matters here: clamonacc and clamdscan read the same file. */
export interface ClamSettings {
  readonly file: string;
  readonly socket: string | null;
  readonly tcp: { readonly address: string; readonly port: number } | null;
  readonly log: string | null;
  readonly databases: string;
  /** What clamonacc watches, and whether it forbids what clamd finds. */
  readonly watches: readonly string[];
  readonly prevents: boolean;
  readonly excludes: readonly string[];
  /** Accounts that it holds nothing back from. */
  readonly trusts: readonly string[];
}

export async function clamSettings(files: Files): Promise<ClamSettings | null> {
  for (const file of places) {
    const read = await files.read(file, mostBytes);
    if (read.ok) return parseClamSettings(file, Buffer.from(read.bytes).toString('utf8'));
  }
  return null;
}

export function parseClamSettings(file: string, text: string): ClamSettings {
  const lines = text
    .split('\n', mostLines)
    .map((line) => /^\s*([A-Za-z]+)\s+(?:"([^"]*)"|(.*?))\s*$/.exec(line))
    .flatMap((found) => (found ? [[found[1] ?? '', found[2] ?? found[3] ?? ''] as const] : []));
  const all = (name: string): string[] => lines.flatMap(([key, value]) => (key === name ? [value] : []));
  const one = (name: string): string | null => all(name)[0] ?? null;
  const isOn = (name: string): boolean => /^(?:yes|true|1)$/i.test(one(name) ?? '');
  const port = Number(one('TCPSocket'));
  return {
    file,
    socket: one('LocalSocket'),
    tcp: port > 0 && port < 65_536 ? { address: one('TCPAddr') ?? '127.0.0.1', port } : null,
    log: one('LogFile'),
    databases: one('DatabaseDirectory') ?? usualDatabases,
    watches: [...all('OnAccessMountPath'), ...all('OnAccessIncludePath')],
    prevents: isOn('OnAccessPrevention'),
    excludes: all('OnAccessExcludePath'),
    trusts: all('OnAccessExcludeUname'),
  };
}
