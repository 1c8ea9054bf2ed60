import type { Recipient } from '../model/recipient.js';
import type { Report } from '../model/report.js';
import { isInbound } from './inbound.js';
import { isNamed } from './named.js';

/** What somebody at home can mend alone, though it is not on this computer. */
const ownRouter: ReadonlySet<string> = new Set([
  'captive-portal',
  'gateway-unreachable',
  'double-nat',
  'nat-loopback-missing',
  'address-conflict',
]);
/** News of it are public already, or it is over. */
const nothingToTell: ReadonlySet<string> = new Set([
  'service-outage',
  'momentary-glitch',
  'mistyped-name',
  'name-does-not-exist',
  'search-domain',
]);

/** A product of somebody's calls a page or a file harmful, or blocks what the user wants: its makers can mend a false alarm. */
const alarms: ReadonlySet<string> = new Set([
  'antivirus-blocks-url',
  'antivirus-blocks-app',
  'antivirus-quarantined-app',
  'browser-extension',
]);

/** Of these only the one who set it can say whether it was meant. */
const setByOthers: ReadonlySet<string> = new Set(['browser-policy']);

/** These are names of programs that everybody sets up alone: there are no makers to ask. */
const nobodysProduct: ReadonlySet<string> = new Set([
  'wireguard',
  'wg-quick',
  'openvpn',
  'strongswan',
  'networkmanager',
]);

/** Who else could mend it, where this computer cannot: null where nobody is named, or it is not for others. */
export function whomToTell(report: Report): Recipient | null {
  const { verdict, remedies } = report;
  // Beside what can be done here: the next update would bring it back.
  if (verdict.outcome === 'failed' && isNamed(report) && alarms.has(verdict.cause)) return 'vendor';
  if (verdict.outcome === 'failed' && isNamed(report) && setByOthers.has(verdict.cause)) return 'admin';
  if (verdict.outcome !== 'failed' || !isNamed(report) || remedies.length > 0 || isInbound(report)) return null;
  if (nothingToTell.has(verdict.cause) || ownRouter.has(verdict.cause)) return null;
  const owner = verdict.culprit?.owner;
  if (verdict.cause === 'vpn-blocks' && owner !== undefined)
    return nobodysProduct.has(owner.toLowerCase()) ? null : 'vendor';
  switch (verdict.side) {
    case 'path':
      return 'isp';
    case 'local-network':
    case 'server':
      return 'admin';
    default:
      return null;
  }
}
