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

/** Who else could mend it, where this computer cannot: null where nobody is named, or it is not for others. */
export function whomToTell(report: Report): Recipient | null {
  const { verdict, remedies } = report;
  if (verdict.outcome !== 'failed' || !isNamed(report) || remedies.length > 0 || isInbound(report)) return null;
  if (nothingToTell.has(verdict.cause) || ownRouter.has(verdict.cause)) return null;
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
