import { familyOf } from '../model/address.js';
import { isFactKey } from '../model/fact-keys.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { KnownWords } from './redact.js';

type Rewrite = (text: string) => string;

/** Replaces what can be recognised inside a text: paths of URLs, addresses, host names, and the words that are known. */
export function textRedactor(hidden: Pseudonyms, words: KnownWords): Rewrite {
  const steps: readonly Rewrite[] = [
    // Paths first: what they hold is then gone. Then what has the strictest form.
    (text) => text.replaceAll(urlPath, (_, origin: string, path: string) => `${origin}/${hidden.other('path', path)}`),
    (text) => text.replaceAll(mac, (one) => hidden.mac(one)),
    (text) => text.replaceAll(address4, (one) => (familyOf(one) === 4 && !halves.has(one) ? hidden.address(one) : one)),
    (text) => text.replaceAll(address6, (one) => (familyOf(one) === 6 && !halves.has(one) ? hidden.address(one) : one)),
    (text) => text.replaceAll(mailbox, (_, box: string) => `${hidden.user(box)}@`),
    (text) => text.replaceAll(domain, (one) => (isOurs(one) ? one : hidden.name(one))),
    knownWords(hidden, words),
  ];
  return (text) => steps.reduce((rewritten, step) => step(rewritten), text);
}

/** Half of all addresses: routes of VPNs begin there. They tell nothing of anybody. */
const halves: ReadonlySet<string> = new Set(['128.0.0.0', '8000::']);

const urlPath = /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#"']{1,300})(\/[^\s"')>,;]+)/gi;
const mac = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi;
const address4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)/g;
const address6 = /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?![\w:])/gi;
const mailbox = /(?<![\w.+-])([\w.+-]{1,64})@(?=[\w-]+\.)/g;
/** At least two labels, not a part of a path of this device. */
const domain =
  /(?<![\w./-])(?:\*\.)?(?:[\w-]{1,63}\.){1,20}[a-z][\w-]{1,62}(?![\w-])|(?<=:\/\/)[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}(?![\w-])/gi;

/** File names look like domain names. */
const notDomains = new Set([
  'conf', 'html', 'htm', 'js', 'mjs', 'cjs', 'json', 'php', 'txt', 'log', 'rules', 'service', 'css', 'png', 'sock', 'so',
  'pem', 'crt', 'xml', 'socket', 'list', 'pac',
]); // prettier-ignore

function isOurs(text: string): boolean {
  const last = text.split('.').at(-1)?.toLowerCase() ?? '';
  return isFactKey(text) || notDomains.has(last) || !/[a-z]/i.test(last);
}

function knownWords(hidden: Pseudonyms, { users, hosts }: KnownWords): Rewrite {
  const all = [...users, ...hosts].sort((a, b) => b.length - a.length);
  if (all.length === 0) return (text) => text;
  const escaped = all.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w-])`, 'g');
  return (text) => text.replaceAll(pattern, (word) => (users.has(word) ? hidden.user(word) : hidden.name(word)));
}
