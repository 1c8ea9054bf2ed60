import type { LineEdit } from '../../model/file-operations.js';
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
        edits: operation.edits.map((edit): LineEdit => {
          if (edit.do === 'add-allow') return { ...edit, match: match(edit.match) };
          if (edit.do !== 'add' || edit.what.is !== 'iptables-allow') return edit;
          return { ...edit, what: { ...edit.what, match: match(edit.what.match) } };
        }),
      };
    default:
      return operation;
  }
}

/** What somebody must know where that is not so: null when each of them ends without anybody's help. */
export function endsLate(operations: readonly Operation[]): string | null {
  const endsAlone = (operation: Operation): boolean => JSON.stringify(operation).includes('"until":');
  return operations.every(endsAlone)
    ? null
    : 'when this computer is off at that moment, or was started anew since, it ends with the next command of whoblocked (such as whoblocked changes)';
}
