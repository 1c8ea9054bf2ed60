import type { AddedLine } from '../../model/file-operations.js';
import { isAddress } from '../bans/element.js';
import { acceptWords } from '../iptables/chain.js';
import { tagOf } from '../tag.js';
import { Arguments, checkMatch, nftName } from '../validate.js';

/** A host as it may stand in a list: a name or an address, and nothing that any file gives a meaning. */
export const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,252}[A-Za-z0-9])?$|^(?=.*:)[0-9A-Fa-f:.]{2,45}$/;

export function checkAdded(json: unknown): AddedLine {
  const args = new Arguments('a line to add', json);
  const is = args.oneOf('is', kinds);
  const added = partsOf(is, args);
  args.end();
  return added;
}

function partsOf(is: AddedLine['is'], args: Arguments): AddedLine {
  switch (is) {
    case 'iptables-allow':
      return { is, chain: args.matching('chain', nftName), match: checkMatch(args.take('match')) };
    case 'no-proxy':
      return { is, style: args.oneOf('style', ['plain', 'shell']), host: args.matching('host', hostName) };
    case 'nameserver': {
      const address = args.text('address', 64);
      if (!isAddress(address)) throw args.wrong('address is none');
      return { is, address };
    }
    case 'ipv4-first':
    case 'squid-splice':
      return { is };
    case 'squid-page':
      return {
        is,
        host: args.matching('host', hostName),
        port: args.whole('port', 1, 65_535),
        path: args.matching('path', /^\/[\w./~%+,;:@&=$!()*'-]{0,200}$/),
      };
    case 'squid-host':
      return { is, host: args.matching('host', hostName) };
    case 'squid-unscanned':
      return { is, service: args.matching('service', nftName) };
  }
}

const kinds = [
  'iptables-allow',
  'no-proxy',
  'nameserver',
  'ipv4-first',
  'squid-page',
  'squid-host',
  'squid-unscanned',
  'squid-splice',
] as const satisfies readonly AddedLine['is'][];

/** The name of an access list: it may be used once only. */
function squidWord(id: string): string {
  return `whoblocked_${id}`;
}

/** That page with any query, by whichever scheme it is asked for; the port may be left out where it is the scheme's own. */
function pagePattern({ host, port, path }: Extract<AddedLine, { is: 'squid-page' }>): string {
  const exact = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const place = host.includes(':') ? `[${host}]` : host;
  const at = port === 80 || port === 443 ? `(:${port})?` : `:${port}`;
  return `^https?://${exact(place)}${at}${exact(path)}(\\?|$)`;
}

/** The line itself. */
export function addedText(added: AddedLine, id: string): string {
  switch (added.is) {
    case 'iptables-allow':
      return `-A ${added.chain} ${acceptWords(added.match, tagOf(id)).map(quoted).join(' ')}`;
    case 'no-proxy':
      return `${added.style === 'shell' ? 'export ' : ''}no_proxy=${added.host}`;
    case 'nameserver':
      return `nameserver ${added.address}`;
    case 'ipv4-first':
      return 'precedence ::ffff:0:0/96  100';
    case 'squid-page':
      return `acl ${squidWord(id)} url_regex ${pagePattern(added)}`;
    case 'squid-host':
      return `acl ${squidWord(id)} ssl::server_name ${added.host}`;
    case 'squid-unscanned':
      return `adaptation_access ${added.service} deny ${squidWord(id)}`;
    case 'squid-splice':
      return `ssl_bump splice ${squidWord(id)}`;
  }
}

function quoted(word: string): string {
  return word.includes(' ') ? `"${word}"` : word;
}
