import type { Operation, PacketMatch } from '../../model/operation.js';

/**
 * The same with the moment in the rules themselves, where their language has words for it: then an exception that ends
 * by itself does so even when its watchdog is gone with a restart, and the rule that is left lets nothing through.
 */
export function endingAt(operation: Operation, until: string): Operation {
  const seconds = Math.ceil(Date.parse(until) / 1000);
  const match = (one: PacketMatch): PacketMatch => ({ ...one, until: seconds });
  switch (operation.kind) {
    case 'nft-allow':
      return { ...operation, rules: operation.rules.map((rule) => ({ ...rule, match: match(rule.match) })) };
    case 'iptables-allow':
      return { ...operation, match: match(operation.match) };
    case 'file-lines':
      return {
        ...operation,
        edits: operation.edits.map((edit) => (edit.do === 'add-allow' ? { ...edit, match: match(edit.match) } : edit)),
      };
    default:
      return operation;
  }
}
