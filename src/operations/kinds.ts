// Written by scripts/generate.mjs from the files beside it: do not edit.
import type { OperationKind } from '../model/operation.js';
import { operation as crowdsecUnban } from './bans/crowdsec-unban.js';
import { operation as fail2banUnban } from './bans/fail2ban-unban.js';
import { operation as ipsetRemove } from './bans/ipset-remove.js';
import { operation as nftElementRemove } from './bans/nft-element-remove.js';
import { operation as clockSync } from './clock/clock-sync.js';
import { operation as linkConnect } from './connect/link-connect.js';
import { operation as fileLines } from './files/file-lines.js';
import { operation as firewalldAllow } from './firewalld/firewalld-allow.js';
import { operation as iptablesAllow } from './iptables/iptables-allow.js';
import { operation as iptablesClamp } from './iptables/iptables-clamp.js';
import { operation as iptablesRemove } from './iptables/iptables-remove.js';
import { operation as flushCache } from './names/flush-cache.js';
import { operation as resolvconfDns } from './names/resolvconf-dns.js';
import { operation as resolvedDns } from './names/resolved-dns.js';
import { operation as nmDns } from './network-manager/nm-dns.js';
import { operation as nftAllow } from './nft/nft-allow.js';
import { operation as nftClamp } from './nft/nft-clamp.js';
import { operation as nftRemove } from './nft/nft-remove.js';
import { operation as ownFile } from './own/own-file.js';
import { operation as probe } from './probe.js';
import { operation as clamavAllow } from './quarantine/clamav-allow.js';
import { operation as clamavUpdate } from './quarantine/clamav-update.js';
import { operation as restoreFile } from './quarantine/restore-file.js';
import { operation as firewallReset } from './reset/firewall-reset.js';
import { operation as managerOff } from './reset/manager-off.js';
import { operation as linkSet } from './routes/link-set.js';
import { operation as routeRemove } from './routes/route-remove.js';
import { operation as routeSet } from './routes/route-set.js';
import { operation as ruleRemove } from './routes/rule-remove.js';
import { operation as guardStop } from './services/guard-stop.js';
import { operation as processLimit } from './services/process-limit.js';
import { operation as serviceStart } from './services/service-start.js';
import { operation as sysctlSet } from './services/sysctl-set.js';
import { operation as ufwAllow } from './ufw/ufw-allow.js';

/** The closed list, by name. */
export const operationKinds: Readonly<Record<OperationKind, { readonly kind: OperationKind }>> = {
  'crowdsec-unban': crowdsecUnban,
  'fail2ban-unban': fail2banUnban,
  'ipset-remove': ipsetRemove,
  'nft-element-remove': nftElementRemove,
  'clock-sync': clockSync,
  'link-connect': linkConnect,
  'file-lines': fileLines,
  'firewalld-allow': firewalldAllow,
  'iptables-allow': iptablesAllow,
  'iptables-clamp': iptablesClamp,
  'iptables-remove': iptablesRemove,
  'flush-cache': flushCache,
  'resolvconf-dns': resolvconfDns,
  'resolved-dns': resolvedDns,
  'nm-dns': nmDns,
  'nft-allow': nftAllow,
  'nft-clamp': nftClamp,
  'nft-remove': nftRemove,
  'own-file': ownFile,
  probe,
  'clamav-allow': clamavAllow,
  'clamav-update': clamavUpdate,
  'restore-file': restoreFile,
  'firewall-reset': firewallReset,
  'manager-off': managerOff,
  'link-set': linkSet,
  'route-remove': routeRemove,
  'route-set': routeSet,
  'rule-remove': ruleRemove,
  'guard-stop': guardStop,
  'process-limit': processLimit,
  'service-start': serviceStart,
  'sysctl-set': sysctlSet,
  'ufw-allow': ufwAllow,
};
