import { linesOf, type Reader, unquoted, type Written } from './found.js';

/**
 * Files of programs with `key = value`, perhaps in sections (wgetrc, curlrc, dnf.conf, pip.conf, npmrc, gitconfig). Keys are
 * matched whole, with the section before a slash where it matters.
 */
export function readKeys(keys: readonly string[]): Reader {
  const wanted = new Set(keys);
  return (text, path) => {
    const written: Written[] = [];
    let section = '';
    for (const [index, line] of linesOf(text).entries()) {
      if (/^\s*[#;]/.test(line)) continue;
      section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim().toLowerCase() ?? section;
      const [, key = '', value = ''] = /^\s*([A-Za-z][\w-]*)\s*[=: ]\s*(.+)$/.exec(line) ?? [];
      const name = key.toLowerCase();
      if (!wanted.has(name) && !wanted.has(`${section}/${name}`)) continue;
      const given = unquoted(value);
      if (given !== '' && !/^(?:none|null|off|_none_|false)$/i.test(given)) {
        written.push({ name: key, location: `${path}:${index + 1}`, text: given });
      }
    }
    return { written };
  };
}
