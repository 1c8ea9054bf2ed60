import { familyOf } from '../model/address.js';
import type { MeaningId } from '../data/error-messages/meanings/index.js';
import type { Place } from './host.js';
import { leadsTo, mentionOf, urlsNear } from './mentions.js';
import type { Match } from './search.js';
import type { Text } from './text.js';

/** What fails to open a connection, whoever is at its other end. */
const opening: ReadonlySet<MeaningId> = new Set([
  'refused',
  'connect-failed',
  'connect-timeout',
  'host-unreachable',
  'network-unreachable',
]);

/**
 * A program that was asked for one server and says in the same line that it could not connect to another host on
 * another port was going through a proxy: `unable to access 'https://git.example/': Failed to connect to 127.0.0.1
 * port 7890: Connection refused`. (A redirect leads to another host, but to the usual port.)
 */
export function meaningInContext(meaning: MeaningId, root: Match, matches: readonly Match[], text: Text): MeaningId {
  if (!opening.has(meaning)) return meaning;
  const marks = matches.flatMap((match) => mentionOf(match) ?? []);
  const before = [...marks, ...urlsNear(text, root.start)].filter((mention) => leadsTo(mention, root));
  const url = before.find(({ place, start }) => place.fromUrl && start < root.start)?.place;
  const tried = before.findLast(({ place }) => !place.fromUrl && place.port !== null)?.place;
  return url && tried && isElsewhere(url, tried) ? 'proxy-connect-failed' : meaning;
}

function isElsewhere(wanted: Place, tried: Place): boolean {
  if (tried.socket !== undefined || wanted.socket !== undefined || tried.port === null || wanted.port === null)
    return false;
  const sameHost = tried.host === wanted.host || (familyOf(wanted.host) !== 0 && familyOf(tried.host) === 0);
  return !sameHost && tried.port !== wanted.port;
}
