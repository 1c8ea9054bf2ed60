import { bytesOf, familyOf } from '../../model/address.js';

/** What each word of a rule may be followed by, as ip-rule(8) prints and takes it. */
const values: Readonly<Record<string, RegExp>> = {
  fwmark: /^0x[\da-f]{1,8}(?:\/0x[\da-f]{1,8})?$/,
  iif: /^[A-Za-z0-9_][\w.:@-]{0,14}$/,
  oif: /^[A-Za-z0-9_][\w.:@-]{0,14}$/,
  lookup: /^(?:main|default|[1-9]\d{0,9}|[a-z][\w-]{0,30})$/,
  uidrange: /^\d{1,10}-\d{1,10}$/,
  ipproto: /^(?:tcp|udp|icmp|\d{1,3})$/,
  sport: /^\d{1,5}(?:-\d{1,5})?$/,
  dport: /^\d{1,5}(?:-\d{1,5})?$/,
  suppress_prefixlength: /^\d{1,3}$/,
};
const alone: ReadonlySet<string> = new Set(['not', 'prohibit', 'unreachable', 'blackhole']);
const longest = 24;

/** `32765:	from all to 198.51.100.10 prohibit`; null where a word is not known here, and could not be put back. */
export function readPolicyRule(line: string): { readonly priority: number; readonly words: readonly string[] } | null {
  const [, priority = '', rest = ''] = /^(\d{1,10}):\s+(.+)$/.exec(line.trim()) ?? [];
  const words = rest.trim().split(/\s+/);
  return priority !== '' && areRuleWords(words) ? { priority: Number(priority), words } : null;
}

export function areRuleWords(words: readonly string[]): boolean {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const next = words[i + 1] ?? '';
    if (alone.has(word)) continue;
    i++;
    if (word === 'from' || word === 'to') {
      if (next !== 'all' && !isPrefix(next)) return false;
    } else if (values[word]?.test(next) !== true) return false;
  }
  return words.length > 1 && words.length <= longest;
}

function isPrefix(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  return (
    familyOf(address) !== 0 &&
    !address.includes('%') &&
    rest.length === 0 &&
    (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (bytesOf(address)?.length ?? 0) * 8))
  );
}
