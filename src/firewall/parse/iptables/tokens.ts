/**
 * The words of one line of iptables-save. Only double quotes group words; inside them a backslash takes the next
 * character as it is (xtables_save_string of libxtables). Undefined when a quote is not closed.
 */
export function tokens(line: string, from: number): string[] | undefined {
  if (!line.includes('"') && !line.includes('  ') && !line.includes('\t')) {
    const rest = line.slice(from);
    return rest === '' ? [] : rest.split(' ');
  }
  const out: string[] = [];
  const end = line.length;
  let i = from;
  while (i < end) {
    while (i < end && isSpace(line.charCodeAt(i))) i++;
    if (i >= end) break;
    let quoted = line.indexOf('"', i);
    let stop = i;
    while (stop < end && !isSpace(line.charCodeAt(stop))) stop++;
    if (quoted === -1 || quoted >= stop) {
      out.push(line.slice(i, stop));
      i = stop;
      continue;
    }
    let word = '';
    while (i < end && !isSpace(line.charCodeAt(i))) {
      if (line.charCodeAt(i) !== 34) {
        word += line[i++];
        continue;
      }
      quoted = closing(line, i + 1);
      if (quoted < 0) return undefined;
      word += line.slice(i + 1, quoted).replace(/\\(.)/gs, '$1');
      i = quoted + 1;
    }
    out.push(word);
  }
  return out;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function closing(line: string, from: number): number {
  for (let i = from; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return -1;
}
