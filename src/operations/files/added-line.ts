import type { AddedLine } from '../../model/file-operations.js';
import { acceptWords } from '../iptables/chain.js';
import { tagOf } from '../tag.js';
import { Arguments, checkMatch, nftName } from '../validate.js';

/** A host as it may stand in a list: a name or an address, and nothing that any file gives a meaning. */
export const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,252}[A-Za-z0-9])?$|^(?=.*:)[0-9A-Fa-f:.]{2,45}$/;

export function checkAdded(json: unknown): AddedLine {
  const args = new Arguments('a line to add', json);
  const is = args.oneOf('is', ['iptables-allow', 'no-proxy']);
  const added: AddedLine =
    is === 'iptables-allow'
      ? { is, chain: args.matching('chain', nftName), match: checkMatch(args.take('match')) }
      : { is, style: args.oneOf('style', ['plain', 'shell']), host: args.matching('host', hostName) };
  args.end();
  return added;
}

/** The line itself. */
export function addedText(added: AddedLine, id: string): string {
  switch (added.is) {
    case 'iptables-allow':
      return `-A ${added.chain} ${acceptWords(added.match, tagOf(id)).map(quoted).join(' ')}`;
    case 'no-proxy':
      return `${added.style === 'shell' ? 'export ' : ''}no_proxy=${added.host}`;
  }
}

function quoted(word: string): string {
  return word.includes(' ') ? `"${word}"` : word;
}
