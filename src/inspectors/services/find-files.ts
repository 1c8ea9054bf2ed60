import type { Context } from '../../model/gatherer.js';

const mostFound = 40;

/** Paths that fit a pattern in which `*` stands for any run of letters within one directory. Sorted, bounded. */
export async function findFiles(pattern: string, { system }: Pick<Context, 'system'>): Promise<string[]> {
  if (!pattern.includes('*')) return (await system.files.exists(pattern)) ? [pattern] : [];
  const [, ...parts] = pattern.split('/');
  let found = [''];
  for (const part of parts) {
    const next: string[] = [];
    for (const directory of found) {
      if (!part.includes('*')) next.push(`${directory}/${part}`);
      else next.push(...(await matching(directory, part, system.files)));
      if (next.length >= mostFound) break;
    }
    found = next.slice(0, mostFound);
  }
  const there = await Promise.all(found.map((path) => system.files.exists(path)));
  return found.filter((_, i) => there[i]);
}

async function matching(directory: string, part: string, files: Context['system']['files']): Promise<string[]> {
  const escaped = part.split('*').map((piece) => piece.replace(/[.\\+?^$()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('.*')}$`);
  const names = (await files.list(directory === '' ? '/' : directory, 1_000)) ?? [];
  return names.filter((name) => !name.startsWith('.') && pattern.test(name)).map((name) => `${directory}/${name}`);
}

export async function readText(path: string, { system }: Pick<Context, 'system'>): Promise<string | null> {
  const file = await system.files.read(path, 256 * 1024);
  return file.ok ? Buffer.from(file.bytes).toString('utf8') : null;
}

/** The number of the line in which that position lies. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
