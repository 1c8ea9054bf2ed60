/** Logs of clamd, clamonacc and clamscan: what they found, and where they moved it. */
export interface ClamMove {
  readonly original: string;
  readonly signature: string | null;
  /** Milliseconds since 1970; only clamd's own log has a time. */
  readonly at: number | null;
}

/**
 * Where a quarantined file was, by the line `ORIGINAL: moved to 'FILE'` or `NAME (real path: 'ORIGINAL'): moved to 'FILE'`.
 * Names may hold line feeds: the file's own name tells how much of the text before belongs to it.
 */
export function moveOf(file: string, log: string): ClamMove | null {
  const at = log.lastIndexOf(`: moved to '${file}'`);
  if (at < 0) return null;
  const base = file.slice(file.lastIndexOf('/') + 1);
  const names = [base, base.replace(/\.\d{3}$/, '')];
  const before = log.slice(0, at);
  const real = /\(real path: '([\s\S]*)'\)$/.exec(before.slice(-8192))?.[1];
  const told = real === undefined ? before : before.slice(0, before.length - "')".length);
  const name = names.find((one) => told.endsWith(`/${one}`));
  if (name === undefined) return null;
  const upToName = told.slice(0, told.length - name.length);
  const from = Math.max(upToName.lastIndexOf('\n'), upToName.lastIndexOf("(real path: '")) + 1;
  const original = `${upToName.slice(from).replace(/^\(?real path: '/, '')}${name}`;
  if (!original.startsWith('/')) return null;
  return { original, ...foundIn(original, before) };
}

/** `[DATE -> ]PATH: SIGNATURE FOUND`, the last one. */
export function foundIn(original: string, log: string): Pick<ClamMove, 'signature' | 'at'> {
  const at = log.lastIndexOf(`${original}: `);
  if (at < 0) return { signature: null, at: null };
  const rest = log.slice(at + original.length + 2, at + original.length + 402);
  const signature = /^([^\n]{1,300}?) FOUND(?:\n|$)/.exec(rest)?.[1];
  if (signature === undefined) return foundIn(original, log.slice(0, at));
  const line = log.slice(Math.max(0, at - 64), at);
  const time = /(?:^|\n)(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}) -> $/.exec(line)?.[1];
  const when = time === undefined ? Number.NaN : Date.parse(time);
  return { signature, at: Number.isNaN(when) ? null : when };
}
