import type { AddedLine } from '../../model/file-operations.js';
import { isAddress } from '../bans/element.js';
import { acceptWords } from '../iptables/chain.js';
import { tagOf } from '../tag.js';
import { Arguments, checkMatch, nftName } from '../validate.js';

/** A host as it may stand in a list: a name or an address, and nothing that any file gives a meaning. */
export const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,252}[A-Za-z0-9])?$|^(?=.*:)[0-9A-Fa-f:.]{2,45}$/;

export function checkAdded(json: unknown): AddedLine {
  const args = new Arguments('a line to add', json);
  const is = args.oneOf('is', ['iptables-allow', 'no-proxy', 'nameserver', 'ipv4-first']);
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
      return { is };
  }
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
  }
}

function quoted(word: string): string {
  return word.includes(' ') ? `"${word}"` : word;
}
