const mostLines = 2000;
const mostShown = 60;

/** Lines that went (`-`) and came (`+`), in order, by their longest common part. */
export function difference(before: readonly string[], now: readonly string[]): string[] {
  let start = 0;
  while (start < before.length && start < now.length && before[start] === now[start]) start++;
  let end = 0;
  while (end < before.length - start && end < now.length - start && before.at(-1 - end) === now.at(-1 - end)) end++;
  const gone = before.slice(start, before.length - end);
  const come = now.slice(start, now.length - end);
  const lines = gone.length > mostLines || come.length > mostLines ? whole(gone, come) : shortest(gone, come);
  return lines.length > mostShown ? [...lines.slice(0, mostShown), `… and ${lines.length - mostShown} more`] : lines;
}

function whole(gone: readonly string[], come: readonly string[]): string[] {
  return [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)];
}

function shortest(gone: readonly string[], come: readonly string[]): string[] {
  const width = come.length + 1;
  const common = new Uint16Array((gone.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = gone.length - 1; i >= 0; i--)
    for (let j = come.length - 1; j >= 0; j--)
      common[i * width + j] = gone[i] === come[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < gone.length || j < come.length) {
    if (i < gone.length && j < come.length && gone[i] === come[j]) {
      i++;
      j++;
    } else if (j >= come.length || (i < gone.length && at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${gone[i++] ?? ''}`);
    else lines.push(`+ ${come[j++] ?? ''}`);
  }
  return lines;
}
