/** The program that runs a script, by its first line (execve(2)); null for what is no script. */
export function interpreterOf(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1');
  const [, path] = /^#![ \t]*(\/[^\s\0]{1,250})/.exec(text) ?? [];
  return path ?? null;
}
