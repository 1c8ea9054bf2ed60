import { linesOf, type Reader, unquoted, type Written } from './found.js';

/** Says that there is no proxy. An empty value does so for git and pip; others ignore it. */
const none = /^(?:none|null|_none_|false)?$/i;

/**
 * Files of programs with `key = value`, perhaps in sections (wgetrc, curlrc, dnf.conf, pip.conf, npmrc, gitconfig). Keys are
 * matched whole, with the section before a slash where it matters. `without` are keys with lists of hosts, `switches` those
 * by which the proxy is switched off.
 */
export function readKeys(
  keys: readonly string[],
  { without = [], switches = [] }: { readonly without?: readonly string[]; readonly switches?: readonly string[] } = {},
): Reader {
  return (text, path) => {
    const written: Written[] = [];
    const exempts: Written[] = [];
    let section = '';
    for (const [index, line] of linesOf(text).entries()) {
      if (/^\s*[#;]/.test(line)) continue;
      section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim().toLowerCase() ?? section;
      const [, key = '', value = ''] = /^\s*([A-Za-z-][\w-]*)(?:\s*[=: ]\s*(.*))?$/.exec(line) ?? [];
      const names = [key.toLowerCase(), `${section}/${key.toLowerCase()}`];
      const isOne = (wanted: readonly string[]): boolean => names.some((name) => wanted.includes(name));
      const found = { name: key, location: `${path}:${index + 1}`, text: unquoted(value) };
      if (isOne(without)) exempts.push(found);
      else if (isOne(switches) && /^off$/i.test(found.text)) exempts.push({ ...found, text: '*' });
      else if (isOne(keys)) {
        if (none.test(found.text)) exempts.push({ ...found, text: '*' });
        else if (!/^off$/i.test(found.text)) written.push(found);
      }
    }
    return { written, exempts };
  };
}
