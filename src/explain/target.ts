import { messageTables } from '../data/error-messages/tables/index.js';
import type { MeaningId } from '../data/error-messages/meanings/index.js';
import type { Origin } from '../data/error-messages/types.js';
import { familyOf, scopeOf } from '../model/address.js';
import type { Place } from './host.js';
import { endpointsNear, leadsTo, mentionOf, urlsNear, type Mention } from './mentions.js';
import type { Match } from './search.js';
import type { Text } from './text.js';

/** How many lines away a server may be named. */
const reach = 40;

/** These are about this computer alone. */
const aboutNoServer: ReadonlySet<MeaningId> = new Set(['port-taken', 'not-network']);

/** The port of the program's own protocol. */
const usualPortOf = (from: Origin): number | null => messageTables.find((table) => table.from === from)?.port ?? null;

/**
 * What could not be reached, as `host:port`, `[address]:port`, `host` or `unix:/path`; null when the text does not say.
 * Logins, paths and queries are never part of it.
 */
export function targetOf(root: Match, matches: readonly Match[], text: Text, from: Origin): string | null {
  if (root.entry.meaning !== null && aboutNoServer.has(root.entry.meaning)) return null;
  const own = mentionOf(root);
  const urls = urlsNear(text, root.start);
  const marks = matches.flatMap((match) => (match === root ? [] : (mentionOf(match) ?? [])));
  const others = [...marks, ...urls];
  const chosen = own
    ? (wantedFor(own, root, others) ?? own)
    : (closest(root, others) ?? closest(root, endpointsNear(text, root.start)));
  return chosen && write(chosen, [...(own ? [own] : []), ...others], usualPortOf(from));
}

/** A message that names an address: the name that was asked for stands before it, where there is one. */
function wantedFor(own: Mention, root: Match, others: readonly Mention[]): Mention | null {
  if (own.place.socket !== undefined || familyOf(own.place.host) === 0) return null;
  const named = others.filter(({ place }) => place.fromUrl && place.socket === undefined && familyOf(place.host) === 0);
  return named.findLast((mention) => leadsTo(mention, root)) ?? null;
}

/** On the same line a URL, else the last one up to the message's end, else the closest line before, else the closest after. */
function closest(root: Match, mentions: readonly Mention[]): Mention | null {
  let best: { mention: Mention; distance: number } | null = null;
  for (const mention of mentions) {
    const distance = distanceTo(root, mention);
    if (distance <= reach && (!best || distance < best.distance)) best = { mention, distance };
  }
  return best?.mention ?? null;
}

function distanceTo(root: Match, mention: Mention): number {
  const together = leadsTo(mention, root);
  const lines = together ? 0 : Math.abs(mention.line - root.line);
  // Characters break ties within a line; a later mention costs half a line more than an earlier one.
  const characters = Math.abs(mention.start - root.start) / 1e7;
  const wanted = mention.place.fromUrl && together ? -0.3 : 0;
  return (
    lines + wanted + characters + (mention.start > root.end ? 0.5 : 0) + (familyOf(mention.place.host) === 0 ? 0 : 0.01)
  );
}

function write(mention: Mention, all: readonly Mention[], usualPort: number | null): string {
  const { host, socket } = mention.place;
  if (socket !== undefined) return `unix:${socket}`;
  const port = portOf(mention, all, usualPort);
  const shown = familyOf(host) === 6 ? `[${host}]` : host;
  return port === null ? shown : `${shown}:${port}`;
}

function portOf(mention: Mention, all: readonly Mention[], usualPort: number | null): number | null {
  const { host, port } = mention.place;
  if (port !== null) return port;
  const elsewhere = all.find((other) => other.place.host === host && other.place.port !== null);
  if (elsewhere) return elsewhere.place.port;
  // A browser leaves the port out of its error page; on this computer it is seldom the usual one.
  return usualPort === 443 && isThisComputer(mention.place) ? null : usualPort;
}

function isThisComputer(place: Place): boolean {
  return place.host === 'localhost' || (familyOf(place.host) !== 0 && scopeOf(place.host) === 'loopback');
}
