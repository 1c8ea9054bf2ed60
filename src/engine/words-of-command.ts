const mostWords = 60;
const longest = 2_048;

/** Options that give a proxy, with the scheme of what has none; `null`: HTTP, unless it says otherwise itself. */
const options: ReadonlyMap<string, string | null> = new Map([
  ['-x', null],
  ['--proxy', null],
  ['--http-proxy', null],
  ['--https-proxy', null],
  ['--proxy-server', null],
  ['--socks4', 'socks4'],
  ['--socks4a', 'socks4a'],
  ['--socks5', 'socks5'],
  ['--socks5-hostname', 'socks5h'],
]);

const variable = /^((?:https?|all|no)_proxy|(?:HTTPS?|ALL|NO)_PROXY)=(.*)$/s;

/**
 * Words of a command, values of `--option=VALUE` by themselves. A word with blanks in it is a text for somebody else, such as
 * a shell or an interpreter: of that only URLs, options with what follows one for a proxy, and assignments of proxies.
 */
export function wordsIn(line: readonly string[]): readonly string[] {
  return line
    .flatMap((word) => (/\s/.test(word) ? wordsOfText(word) : valuesApart(word)))
    .filter((word) => word !== '' && word.length <= longest)
    .slice(0, mostWords);
}

function wordsOfText(text: string): string[] {
  const words = text
    .slice(0, 4 * longest)
    .split(/[\s"'`<>()|;&]+/)
    .flatMap(valuesApart);
  return words.filter(
    (word, at) =>
      word.includes('://') || word.startsWith('-') || variable.test(word) || options.has(words[at - 1] ?? ''),
  );
}

function valuesApart(word: string): string[] {
  const [, option, value] = /^(-[\w-]*)=(.*)$/s.exec(word) ?? [];
  return option === undefined || value === undefined ? [word] : [option, value];
}

export interface SaidOfProxies {
  /** Words that tell of a proxy, and are no targets. */
  readonly words: ReadonlySet<string>;
  /** Assignments to variables (`https_proxy=…`), as env(1) and shells take them. */
  readonly variables: ReadonlyMap<string, string>;
  /** A proxy's URL, false for none at all; null: no option says anything. */
  readonly option: string | false | null;
}

/** What a command's own words say of proxies: curl, wget, pip, browsers and others share these spellings. */
export function proxiesIn(words: readonly string[]): SaidOfProxies {
  const used = new Set<string>();
  const variables = new Map<string, string>();
  let option: string | false | null = null;
  for (const [at, word] of words.entries()) {
    const [, name = '', value = ''] = variable.exec(word) ?? [];
    if (name !== '') {
      variables.set(name, value);
      used.add(word);
    }
    const next = words[at + 1] ?? '';
    const scheme = options.get(word);
    if (scheme !== undefined && /^[\w[]/.test(next)) {
      option = scheme === null || next.includes('://') ? next : `${scheme}://${next}`;
      used.add(next);
    }
    if (word === '--no-proxy' || (word === '--noproxy' && next === '*')) option = false;
  }
  return { words: used, variables, option };
}
