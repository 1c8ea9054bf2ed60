import type { Context } from '../../model/gatherer.js';

/** Small files of /proc as text; empty when they cannot be read. */
export async function textOf(path: string, { system }: Pick<Context, 'system'>): Promise<string> {
  const file = await system.files.read(path, 64 * 1024);
  return file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
}

export function numbersIn(text: string): number[] {
  return text
    .trim()
    .split(/\s+/, 16)
    .filter((word) => /^\d{1,19}$/.test(word))
    .map(Number);
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export function portRange(text: string): PortRange | null {
  const [first, last] = numbersIn(text);
  return first === undefined || last === undefined || last < first || last > 65_535 ? null : { first, last };
}

/** How many ports of the range are reserved: `8080,9148-9150` (ip-sysctl.rst). */
export function reservedIn(text: string, { first, last }: PortRange): number {
  return text
    .trim()
    .split(',', 1_000)
    .map((part) => /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part))
    .reduce((sum, match) => {
      const from = Math.max(first, Number(match?.[1] ?? 0));
      const to = Math.min(last, Number(match?.[2] ?? match?.[1] ?? -1));
      return sum + Math.max(0, to - from + 1);
    }, 0);
}

/** `Max open files            1024                 1048576              files`: the soft limit is what counts. */
export function filesLimit(text: string): number | null {
  const soft = /^Max open files\s+(\d{1,19})\s/m.exec(text)?.[1];
  return soft === undefined ? null : Number(soft);
}
