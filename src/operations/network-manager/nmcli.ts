import type { RunResult, System } from '../../model/system.js';
import { mustHaveRun } from '../said.js';

type Runs = Pick<System, 'run'>;

export const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bounds = { timeoutMs: 60_000, maxBytes: 256 * 1024 };
const mostLines = 256;

export function askNmcli(words: readonly string[], { run }: Runs): Promise<RunResult> {
  return run('nmcli', words, bounds);
}

export async function nmcli(words: readonly string[], hands: Runs): Promise<string> {
  return mustHaveRun('nmcli', await askNmcli(words, hands));
}

export interface ActiveConnection {
  readonly uuid: string;
  readonly device: string;
  /** Where its settings are kept; empty where they are in memory only. */
  readonly file: string;
}

/** Connections that are up. Empty where NetworkManager does not run. */
export async function activeConnections(hands: Runs): Promise<ActiveConnection[]> {
  const shown = await askNmcli(['-t', '-f', 'UUID,DEVICE,FILENAME', 'connection', 'show', '--active'], hands);
  if (shown.exit !== 0) return [];
  return linesOf(shown.stdout).flatMap((line) => {
    const [id = '', device = '', file = ''] = cells(line);
    return uuid.test(id) && device !== '' ? [{ uuid: id, device, file }] : [];
  });
}

/** Its name servers as they are in force; null where NetworkManager knows no such interface. */
export async function serversOf(device: string, hands: Runs): Promise<string[] | null> {
  const shown = await askNmcli(['-t', '-f', 'IP4.DNS,IP6.DNS', 'device', 'show', device], hands);
  if (shown.exit !== 0) return null;
  return linesOf(shown.stdout).flatMap((line) => {
    const found = /^IP[46]\.DNS\[\d{1,3}\]:(.{2,64})$/.exec(line)?.[1];
    return found === undefined ? [] : [found.replaceAll('\\:', ':')];
  });
}

/** `connection.id:home` and so on: settings as NetworkManager has them, without what is so only now. */
export async function settingsOf(connection: string, hands: Runs): Promise<ReadonlyMap<string, string>> {
  const shown = await nmcli(['-t', 'connection', 'show', 'uuid', connection], hands);
  return new Map(
    linesOf(shown).flatMap((line) => {
      const [, name = '', value = ''] = /^([a-z0-9][a-z0-9-]*\.[a-z0-9-]+):(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value.replaceAll('\\:', ':')] as const];
    }),
  );
}

/** What nmcli -t prints in one line: colons and backslashes in a cell have a backslash in front (nmcli(1)). */
export function cells(line: string): string[] {
  return [...line.matchAll(/((?:[^:\\]|\\.)*)(?::|$)/g)].map(([, cell = '']) => cell.replaceAll(/\\(.)/g, '$1'));
}

function linesOf(printed: string): string[] {
  return printed.split('\n').slice(0, mostLines);
}
