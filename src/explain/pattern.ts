import { readEndpoint, readHost, readSite, readSocketPath, readUrl, type Place, type Read } from './host.js';
import { fold, isWordCode, type Text } from './text.js';

const captures = ['host', 'site', 'port', 'number', 'endpoint', 'url', 'path', 'any'] as const;
type Capture = (typeof captures)[number];

type Token = { readonly literal: string } | { readonly capture: Capture };

export interface CompiledPattern {
  /** As the table has it. */
  readonly source: string;
  readonly tokens: readonly Token[];
  /** The first literal: where it stands, the pattern is tried. A placeholder may precede it (`at` is 1 then). */
  readonly first: { readonly literal: string; readonly at: number };
  /** How much of the text it fixes: the number of literal characters. */
  readonly strength: number;
}

export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  readonly place: Place | null;
}

/** How far `{any}` may reach, in characters. */
const anyReach = 300;
/** How many places inside that reach are tried for what follows. */
const anyTries = 4;

const nameMark = /^([^<]*)<([^<>]+)>([^<]*)$/;

/** There are thousands, and a text holds the beginning of a few: the rest of each is read when it is asked for. */
export function compilePattern(source: string): CompiledPattern {
  const whole = source.includes('<') ? source.replace(nameMark, '$1$2$3') : source;
  let tokens: readonly Token[] | undefined;
  return {
    source,
    first: beginning(whole) ?? firstLiteral((tokens ??= tokensOf(whole))),
    get tokens() {
      return (tokens ??= tokensOf(whole));
    },
    get strength() {
      return this.tokens.reduce((sum, token) => sum + ('literal' in token ? token.literal.length : 0), 0);
    },
  };
}

/** The first literal without reading the rest; null where the pattern does not begin with one. */
function beginning(whole: string): CompiledPattern['first'] | null {
  const end = whole.includes('{') ? whole.search(/\{[a-z]+\}/) : -1;
  if (end < 0) return null;
  const literal = fold(whole.slice(0, end));
  if (literal.trim() === '') return null;
  return { literal: whole.slice(end).replaceAll('{any}', '') === '' ? literal.trimEnd() : literal, at: 0 };
}

function tokensOf(whole: string): Token[] {
  if (!whole.includes('{')) return [{ literal: fold(whole) }];
  const tokens = whole
    .split(/(\{[a-z]+\})/)
    .filter((part) => part !== '')
    .map(toToken);
  // A gap at the end matches everything and says nothing.
  while (tokens.length > 1 && isAny(tokens.at(-1))) tokens.pop();
  const last = tokens.at(-1);
  if (last && 'literal' in last) tokens[tokens.length - 1] = { literal: last.literal.trimEnd() };
  return tokens;
}

export function firstLiteral(tokens: readonly Token[]): CompiledPattern['first'] {
  for (const [at, token] of tokens.slice(0, 2).entries()) {
    if ('literal' in token && token.literal.trim() !== '') return { literal: token.literal, at };
  }
  return { literal: '', at: 0 };
}

const isAny = (token: Token | undefined): boolean =>
  token !== undefined && 'capture' in token && token.capture === 'any';

function toToken(part: string): Token {
  const name = /^\{([a-z]+)\}$/.exec(part)?.[1];
  const capture = captures.find((known) => known === name);
  return capture ? { capture } : { literal: fold(part) };
}

/** The message as the result shows it: what differs from case to case is left out. */
export function messageName({ source }: CompiledPattern): string {
  const inner = nameMark.exec(source)?.[2] ?? source;
  const name = inner.replaceAll(/\{[a-z]+\}/g, '…').replaceAll(/^[\s:,.;'"-]+|[\s:,.;'"([-]+$/g, '');
  return name.includes('(') && !name.includes(')') ? `${name})` : name;
}

/** Matches with the first literal standing at `at`. Work is bounded: no capture is read twice at the same place. */
export function matchAt(pattern: CompiledPattern, text: Text, at: number): PatternMatch | null {
  const { first } = pattern;
  if (!text.folded.startsWith(first.literal, at)) return null;
  if (isInsideWord(text.folded, at, first.literal)) return null;
  const leading = first.at === 1 ? readBackwards(text, at) : null;
  if (first.at === 1 && !leading) return null;
  const rest = matchTokens(pattern.tokens, first.at, text, at, []);
  if (!rest) return null;
  const places = leading ? [leading.place, ...rest.places] : rest.places;
  return { start: leading?.start ?? at, end: rest.end, place: joinPlaces(places) };
}

/** A literal that begins with a letter does not begin in the middle of a word. */
function isInsideWord(folded: string, at: number, literal: string): boolean {
  return at > 0 && isWordCode(literal.charCodeAt(0)) && isWordCode(folded.charCodeAt(at - 1));
}

/** `{site}` at the very beginning: the token that ends where the literal begins. */
function readBackwards(text: Text, end: number): { place: Place; start: number } | null {
  let close = end;
  if (text.folded.charAt(close - 1) === ' ') close--;
  if (text.folded.charAt(close - 1) === "'") close--;
  const floor = Math.max(0, close - 260);
  let start = close;
  while (start > floor && !' \'"<>()|,;'.includes(text.folded.charAt(start - 1))) start--;
  const found = readSite(text.folded, start);
  return found && found.end >= close - 1 ? { place: found.place, start } : null;
}

type Part = Place | { readonly onlyPort: number };

function matchTokens(
  tokens: readonly Token[],
  from: number,
  text: Text,
  position: number,
  places: readonly Part[],
): { end: number; places: readonly Part[] } | null {
  let at = position;
  let found = places;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) return null;
    if ('literal' in token) {
      if (!text.folded.startsWith(token.literal, at)) return null;
      at += token.literal.length;
      continue;
    }
    if (token.capture === 'any') return skipTo(tokens, index + 1, text, at, found);
    const read = readCapture(token.capture, text, at);
    if (!read) return null;
    at = read.end;
    if (read.part) found = [...found, read.part];
  }
  const last = tokens.at(-1);
  const endsInWord =
    last &&
    'literal' in last &&
    isWordCode(last.literal.charCodeAt(last.literal.length - 1)) &&
    isWordCode(text.folded.charCodeAt(at));
  return endsInWord ? null : { end: at, places: found };
}

/** A gap: the first few places within reach where the next literal stands. */
function skipTo(
  tokens: readonly Token[],
  next: number,
  text: Text,
  at: number,
  places: readonly Part[],
): ReturnType<typeof matchTokens> {
  const token = tokens[next];
  if (!token || !('literal' in token)) return null;
  const window = text.folded.slice(at, at + anyReach + token.literal.length);
  let offset = window.indexOf(token.literal);
  for (let tries = 0; offset >= 0 && tries < anyTries; tries++) {
    const rest = matchTokens(tokens, next, text, at + offset, places);
    if (rest) return rest;
    offset = window.indexOf(token.literal, offset + 1);
  }
  return null;
}

function readCapture(capture: Capture, text: Text, position: number): { part?: Part; end: number } | null {
  const quoted = text.folded.charAt(position) === "'";
  let at = quoted ? position + 1 : position;
  if (quoted && text.folded.charAt(at) === ' ') at++;
  const read = readUnquoted(capture, text, at, quoted);
  if (!read) return null;
  let end = read.end;
  if (quoted && text.folded.startsWith(" '", end)) end += 2;
  else if (quoted && text.folded.charAt(end) === "'") end++;
  return { ...read, end };
}

function readUnquoted(capture: Capture, text: Text, at: number, quoted: boolean): { part?: Part; end: number } | null {
  const asPart = (read: Read | null): { part: Part; end: number } | null => read && { part: read.place, end: read.end };
  switch (capture) {
    case 'host':
      return asPart(readHost(text.folded, at));
    case 'site':
      return asPart(readSite(text.folded, at));
    case 'endpoint':
      return asPart(readEndpoint(text.clean, text.folded, at, quoted));
    case 'url':
      return asPart(readUrl(text.clean, text.folded, at));
    case 'path':
      return asPart(readSocketPath(text.clean, text.folded, at));
    case 'port': {
      const digits = /^\d{1,5}(?!\d)/.exec(text.folded.slice(at, at + 6))?.[0];
      const port = Number(digits);
      return digits !== undefined && port >= 1 && port <= 65_535
        ? { part: { onlyPort: port }, end: at + digits.length }
        : null;
    }
    case 'number': {
      const digits = /^-?\d[\d.,]*/.exec(text.folded.slice(at, at + 24))?.[0].replace(/[.,]+$/, '');
      return digits === undefined ? null : { end: at + digits.length };
    }
    case 'any':
      return null;
  }
}

/** The first place named, with the port that is named apart from it. */
function joinPlaces(parts: readonly Part[]): Place | null {
  const place = parts.find((part): part is Place => 'host' in part);
  const port = parts.find((part) => 'onlyPort' in part);
  if (!place) return null;
  return place.port === null && port && 'onlyPort' in port ? { ...place, port: port.onlyPort } : place;
}
