import { fileEndings, helpLinks } from '../data/error-messages/schemes.js';
import { scopeOf } from '../model/address.js';
import { isUnmistakable, readEndpoint, readUrl, type Place } from './host.js';
import type { Match } from './search.js';
import { lineAt, type Text } from './text.js';

/** A server that the text names somewhere. */
export interface Mention {
  readonly place: Place;
  readonly start: number;
  readonly line: number;
  /** Named by a wording of the tables that leads on to the reason (`Get "https://…":`), not found by its form alone. */
  readonly framed?: true;
}

const maxUrls = 400;
const urlReach = 8_000;
/** How far from the message a bare `host:port` still belongs to it, in characters. */
const endpointReach = 1_000;

export function mentionOf(match: Match): Mention | null {
  return match.place && { place: match.place, start: match.start, line: match.line, framed: true };
}

/** How far before its reason a wording that leads on to it may stand when the text was wrapped, in characters. */
const frameReach = 300;

/** Whether a mention and the message belong to one sentence: the same line, or a frame that was wrapped. */
export function leadsTo(mention: Mention, root: Match): boolean {
  if (mention.start > root.end) return false;
  return mention.line === root.line || (mention.framed === true && root.start - mention.start < frameReach);
}

/** The index where a scheme begins whose `://` stands at `at`. */
function schemeStart(folded: string, at: number): number {
  let start = at;
  while (start > at - 20 && /[a-z0-9+]/.test(folded.charAt(start - 1))) start--;
  return start;
}

function isHelp(text: Text, start: number): boolean {
  const scheme = text.folded.indexOf('://', start) + 3;
  if (helpLinks.some((link) => text.folded.startsWith(link, scheme))) return true;
  return /(?:\bsee|\bvisit|\bdetails here|\bread more|\bmore information|\bsiehe|\bvoir|\bvea|\bhelp|\bfor more details)[^a-z0-9]*(?:at |here|on )?[^a-z0-9]*$/.test(
    text.folded.slice(Math.max(0, start - 40), start),
  );
}

/** The URLs around the message. */
export function urlsNear(text: Text, position: number): Mention[] {
  const found: Mention[] = [];
  const from = Math.max(0, position - urlReach);
  const window = text.folded.slice(from, position + urlReach);
  let at = window.indexOf('://');
  for (let tries = 0; at >= 0 && tries < maxUrls; tries++) {
    const start = schemeStart(text.folded, from + at);
    const read = readUrl(text.clean, text.folded, start);
    if (read && !isHelp(text, start)) found.push({ place: read.place, start, line: lineAt(text, start) });
    at = window.indexOf('://', at + 3);
  }
  return found;
}

/** Bare `host:port` near the message; not `app.js:12:5`, which is a place in a source file. */
export function endpointsNear(text: Text, position: number): Mention[] {
  const found: Mention[] = [];
  const from = Math.max(0, position - endpointReach);
  const window = text.folded.slice(from, position + endpointReach);
  for (const part of window.matchAll(/[^\s'"<>()|,;{}=]{3,260}/g)) {
    const start = from + part.index;
    const colon = part[0].lastIndexOf(':');
    if (colon < 1 || part[0].includes('://')) continue;
    const read = readEndpoint(text.clean, text.folded, start, false);
    if (read?.place.port == null || !isUnmistakable(read.place.host)) continue;
    if (isSourceFile(read.place.host) || scopeOf(read.place.host) === 'unspecified') continue;
    if (/[:\w]/.test(text.folded.charAt(read.end)) && /[\w]/.test(text.folded.charAt(read.end + 1))) continue;
    found.push({ place: read.place, start, line: lineAt(text, start) });
  }
  return found;
}

function isSourceFile(host: string): boolean {
  return fileEndings.includes(host.slice(host.lastIndexOf('.') + 1)) && host.includes('.');
}
