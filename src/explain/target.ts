import { familyOf, scopeOf } from '../model/address.js';
import type { Place } from './host.js';
import { endpointsNear, mentionOf, urlsIn, type Mention } from './mentions.js';
import type { Match } from './search.js';
import type { Text } from './text.js';

/** How many lines away a server may be named. */
const reach = 40;

/**
 * What could not be reached, as `host:port`, `[address]:port`, `host` or `unix:/path`; null when the text does not say.
 * Logins, paths and queries are never part of it.
 */
export function targetOf(root: Match, matches: readonly Match[], text: Text): string | null {
  const own = mentionOf(root);
  const urls = urlsIn(text);
  const marks = matches.flatMap((match) => (match === root ? [] : (mentionOf(match) ?? [])));
  const others = [...marks, ...urls];
  const chosen = own ? (wantedFor(own, root, others) ?? own) : (closest(root, others) ?? closest(root, endpointsNear(text, root.start)));
  return chosen && write(chosen, [...(own ? [own] : []), ...others]);
}

/** A message that names an address: the name that was asked for stands before it on the same line, where there is one. */
function wantedFor(own: Mention, root: Match, others: readonly Mention[]): Mention | null {
  if (own.place.socket !== undefined || familyOf(own.place.host) === 0) return null;
  const named = others.filter((other) => other.line === root.line && other.start <= root.end && other.place.fromUrl && familyOf(other.place.host) === 0 && other.place.socket === undefined);
  return named.at(-1) ?? null;
}

/** On the same line the last one up to the message's end, else the closest line before, else the closest after. */
function closest(root: Match, mentions: readonly Mention[]): Mention | null {
  let best: { mention: Mention; distance: number } | null = null;
  for (const mention of mentions) {
    const distance = distanceTo(root, mention);
    if (distance <= reach && (!best || distance < best.distance)) best = { mention, distance };
  }
  return best?.mention ?? null;
}

function distanceTo(root: Match, mention: Mention): number {
  const lines = Math.abs(mention.line - root.line);
  // Characters break ties within a line; a later mention costs half a line more than an earlier one.
  const characters = Math.abs(mention.start - root.start) / 1e7;
  return lines + characters + (mention.start > root.end ? 0.5 : 0) + (familyOf(mention.place.host) === 0 ? 0 : 0.01);
}

function write(mention: Mention, all: readonly Mention[]): string {
  const { host, socket } = mention.place;
  if (socket !== undefined) return `unix:${socket}`;
  const port = portOf(mention, all);
  const shown = familyOf(host) === 6 ? `[${host}]` : host;
  return port === null ? shown : `${shown}:${port}`;
}

function portOf(mention: Mention, all: readonly Mention[]): number | null {
  const { host, port } = mention.place;
  if (port !== null) return port;
  const elsewhere = all.find((other) => other.place.host === host && other.place.port !== null);
  if (elsewhere) return elsewhere.place.port;
  // A browser leaves the port out of its error page; on this computer it is seldom the usual one.
  return mention.usualPort === 443 && isThisComputer(mention.place) ? null : mention.usualPort;
}

function isThisComputer(place: Place): boolean {
  return place.host === 'localhost' || (familyOf(place.host) !== 0 && scopeOf(place.host) === 'loopback');
}
