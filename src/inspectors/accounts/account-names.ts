import type { FileOwner } from '../../model/device-state.js';
import type { Files, FileStat } from '../../model/system.js';

const mostBytes = 1024 * 1024;

/** Names of users and groups as far as the local files have them (passwd(5), group(5)): both are `name:x:number:…`. */
export async function accountNames(files: Files): Promise<(path: string, stat: FileStat) => FileOwner> {
  const [users, groups] = await Promise.all(['/etc/passwd', '/etc/group'].map((path) => namesIn(path, files)));
  return (path, { mode, uid, gid }) => ({
    path,
    mode: mode.toString(8).padStart(4, '0'),
    owner: users?.get(uid) ?? String(uid),
    group: groups?.get(gid) ?? String(gid),
  });
}

async function namesIn(path: string, files: Files): Promise<Map<number, string>> {
  const file = await files.read(path, mostBytes);
  const text = file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
  return new Map(
    text
      .split('\n', 10_000)
      .map((line) => line.split(':'))
      .flatMap(([name = '', , number = '']) =>
        /^[\w.-]{1,64}\$?$/.test(name) && /^\d{1,10}$/.test(number) ? [[Number(number), name] as const] : [],
      )
      // The first line of a number counts, as for getpwuid(3).
      .toReversed(),
  );
}
