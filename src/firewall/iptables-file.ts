const mostLines = 50_000;

export interface WrittenRule {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The rules of a chain as a file for iptables-restore holds them, in their order, and the last line that declares a chain of
 * that table. Null where the table is not in it, is in it twice, or does not declare the chain.
 */
export function chainInRestoreFile(
  text: string,
  table: string,
  chain: string,
): { readonly rules: readonly WrittenRule[]; readonly declared: WrittenRule } | null {
  const lines = text.split('\n', mostLines).map((line, index) => ({ number: index + 1, text: line.trimEnd() }));
  const starts = lines.filter((line) => line.text === `*${table}`);
  const [start] = starts;
  if (start === undefined || starts.length > 1) return null;
  const end = lines.findIndex((line) => line.number > start.number && line.text === 'COMMIT');
  if (end < 0) return null;
  const section = lines.slice(start.number, end);
  const declared = section.findLast((line) => line.text.startsWith(':'));
  if (declared === undefined || !section.some((line) => line.text.startsWith(`:${chain} `))) return null;
  return { rules: section.filter((line) => line.text.startsWith(`-A ${chain} `)), declared };
}
