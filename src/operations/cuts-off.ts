import type { Operation, PacketMatch } from '../model/operation.js';

/**
 * Whether taking it back could cut off somebody who works here from another computer: ways and interfaces come and go by it,
 * blocks come back, or what comes in is no longer let in.
 */
export function undoMayCutOff(operation: Operation): boolean {
  switch (operation.kind) {
    case 'route-remove':
    case 'route-set':
    case 'rule-remove':
    case 'link-set':
    case 'link-connect':
    case 'firewall-reset':
    case 'manager-off':
    case 'nft-remove':
    case 'iptables-remove':
    case 'nft-element-remove':
    case 'ipset-remove':
    case 'fail2ban-unban':
    case 'crowdsec-unban':
      return true;
    case 'nft-allow':
      return operation.rules.some(({ match }) => isForOthers(match));
    case 'iptables-allow':
    case 'firewalld-allow':
      return isForOthers(operation.match);
    case 'ufw-allow':
      return operation.direction === 'in';
    default:
      return false;
  }
}

/** What others open to this computer: their packets to a port of it, or its answers from there. */
function isForOthers({ source, destination, sport, dport }: PacketMatch): boolean {
  return dport === undefined ? sport !== undefined && source === undefined : source !== undefined || destination === undefined; // prettier-ignore
}
