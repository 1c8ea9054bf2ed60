import { linesOf, type Reader, unquoted, type Written } from './found.js';

const variable = /^(?:https?|all|ftp)_proxy$/i;
const longestValue = 2048;

/**
 * `NAME=value` and `export NAME="value"`: pam_env's /etc/environment, shell profiles, environment.d, and systemd's
 * `Environment="NAME=value"`. Nothing is run; a value out of a variable of the same file is filled in.
 */
export const readVariables: Reader = (text, path) => {
  const known = new Map<string, string>();
  const written: Written[] = [];
  const exempts: Written[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    for (const [name, raw] of assignments(line)) {
      const value = expanded(raw, known);
      known.set(name, value);
      const found = { name, location: `${path}:${index + 1}`, text: value };
      if (variable.test(name)) written.push(found);
      if (/^no_proxy$/i.test(name)) exempts.push(found);
    }
  }
  return { written, exempts };
};

function assignments(line: string): [string, string][] {
  if (/^\s*#/.test(line) || line.length > 4 * longestValue) return [];
  const systemd = /^\s*(?:Default)?Environment=(.*)$/.exec(line)?.[1];
  const plain = (systemd ?? line).replace(/^\s*(?:(?:export|set -gx|setenv|declare -x)\s+)?/, '');
  const found = plain.matchAll(/(?:^|[\s;"'])([A-Za-z_]\w{0,60})=("[^"]*"|'[^']*'|[^\s;"'#]*)/g);
  return [...found].map(([, name = '', value = '']) => [name, unquoted(value).slice(0, longestValue)]);
}

function expanded(value: string, known: ReadonlyMap<string, string>): string {
  return value
    .replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, inBraces?: string, bare?: string) => known.get(inBraces ?? bare ?? '') ?? whole,
    )
    .slice(0, longestValue);
}
