// Written by scripts/generate.mjs from the files beside it: do not edit.
import type { Remedy } from '../model/remedy.js';
import { remedy as unbanAddress } from './bans/unban-address.js';
import { remedy as allowInBrowserPolicy } from './browsers/allow-in-browser-policy.js';
import { remedy as setClock } from './clock/set-clock.js';
import { remedy as allowInFirewall } from './firewall/allow-in-firewall.js';
import { remedy as keepOneManager } from './firewall/keep-one-manager.js';
import { remedy as openPort } from './firewall/open-port.js';
import { remedy as removeLeftoverRule } from './firewall/remove-leftover-rule.js';
import { remedy as answerWithCookies } from './limits/answer-with-cookies.js';
import { remedy as raiseFileLimit } from './limits/raise-file-limit.js';
import { remedy as raiseLimit } from './limits/raise-limit.js';
import { remedy as widenPortRange } from './limits/widen-port-range.js';
import { remedy as commentHostsLine } from './names/comment-hosts-line.js';
import { remedy as flushNameCache } from './names/flush-name-cache.js';
import { remedy as preferIpv4 } from './names/prefer-ipv4.js';
import { remedy as switchResolver } from './names/switch-resolver.js';
import { remedy as allowInOpensnitch } from './programs/allow-in-opensnitch.js';
import { remedy as allowInUnit } from './programs/allow-in-unit.js';
import { remedy as bypassOwnProxy } from './proxies/bypass-own-proxy.js';
import { remedy as bypassProxy } from './proxies/bypass-proxy.js';
import { remedy as correctOwnProxy } from './proxies/correct-own-proxy.js';
import { remedy as correctProxy } from './proxies/correct-proxy.js';
import { remedy as unsetOwnProxy } from './proxies/unset-own-proxy.js';
import { remedy as unsetProxy } from './proxies/unset-proxy.js';
import { remedy as boundRoute } from './routes/bound-route.js';
import { remedy as clampMss } from './routes/clamp-mss.js';
import { remedy as lowerMtu } from './routes/lower-mtu.js';
import { remedy as removeRefusingRoute } from './routes/remove-refusing-route.js';
import { remedy as removeRefusingRule } from './routes/remove-refusing-rule.js';
import { remedy as removeVpnLeftovers } from './routes/remove-vpn-leftovers.js';
import { remedy as renewLease } from './routes/renew-lease.js';
import { remedy as setGateway } from './routes/set-gateway.js';
import { remedy as switchInterfaceOn } from './routes/switch-interface-on.js';
import { remedy as allowInScanner } from './scanners/allow-in-scanner.js';
import { remedy as exceptInWebShield } from './scanners/except-in-web-shield.js';
import { remedy as restoreFromQuarantine } from './scanners/restore-from-quarantine.js';
import { remedy as updateSignatures } from './scanners/update-signatures.js';
import { remedy as startService } from './services/start-service.js';

/** Every remedy that can be planned. */
export const remedies: readonly Remedy[] = [
  unbanAddress,
  allowInBrowserPolicy,
  setClock,
  allowInFirewall,
  keepOneManager,
  openPort,
  removeLeftoverRule,
  answerWithCookies,
  raiseFileLimit,
  raiseLimit,
  widenPortRange,
  commentHostsLine,
  flushNameCache,
  preferIpv4,
  switchResolver,
  allowInOpensnitch,
  allowInUnit,
  bypassOwnProxy,
  bypassProxy,
  correctOwnProxy,
  correctProxy,
  unsetOwnProxy,
  unsetProxy,
  boundRoute,
  clampMss,
  lowerMtu,
  removeRefusingRoute,
  removeRefusingRule,
  removeVpnLeftovers,
  renewLease,
  setGateway,
  switchInterfaceOn,
  allowInScanner,
  exceptInWebShield,
  restoreFromQuarantine,
  updateSignatures,
  startService,
];
