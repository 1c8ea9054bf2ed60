// Written by scripts/generate.mjs from the files beside it: do not edit.
import type { Cause } from '../model/cause.js';
import { cause as antivirusBlocksApp } from './device/antivirus-blocks-app.js';
import { cause as antivirusBlocksUrl } from './device/antivirus-blocks-url.js';
import { cause as antivirusInterceptsTls } from './device/antivirus-intercepts-tls.js';
import { cause as antivirusQuarantinedApp } from './device/antivirus-quarantined-app.js';
import { cause as appPolicy } from './device/app-policy.js';
import { cause as browserExtension } from './device/browser-extension.js';
import { cause as browserForcesHttps } from './device/browser-forces-https.js';
import { cause as browserPolicy } from './device/browser-policy.js';
import { cause as clockWrong } from './device/clock-wrong.js';
import { cause as connectionRedirected } from './device/connection-redirected.js';
import { cause as conntrackTableFull } from './device/conntrack-table-full.js';
import { cause as containersNotConnected } from './device/containers-not-connected.js';
import { cause as ephemeralPortsExhausted } from './device/ephemeral-ports-exhausted.js';
import { cause as hostsFileOverride } from './device/hosts-file-override.js';
import { cause as localFirewall } from './device/local-firewall.js';
import { cause as networkDown } from './device/network-down.js';
import { cause as noDnsConfigured } from './device/no-dns-configured.js';
import { cause as noRoute } from './device/no-route.js';
import { cause as osNetworkPermission } from './device/os-network-permission.js';
import { cause as portNotPublished } from './device/port-not-published.js';
import { cause as proxyMisconfigured } from './device/proxy-misconfigured.js';
import { cause as securitySoftwareConflict } from './device/security-software-conflict.js';
import { cause as subnetOverlap } from './device/subnet-overlap.js';
import { cause as tooManyOpenFiles } from './device/too-many-open-files.js';
import { cause as vpnBlocks } from './device/vpn-blocks.js';
import { cause as dnsAnswerForged } from './names/dns-answer-forged.js';
import { cause as dnssecBogus } from './names/dnssec-bogus.js';
import { cause as nameDoesNotExist } from './names/name-does-not-exist.js';
import { cause as nameFiltered } from './names/name-filtered.js';
import { cause as nameHasNoAddress } from './names/name-has-no-address.js';
import { cause as resolverFailing } from './names/resolver-failing.js';
import { cause as resolverUnreachable } from './names/resolver-unreachable.js';
import { cause as staleDnsCache } from './names/stale-dns-cache.js';
import { cause as addressConflict } from './network/address-conflict.js';
import { cause as captivePortal } from './network/captive-portal.js';
import { cause as doubleNat } from './network/double-nat.js';
import { cause as gatewayUnreachable } from './network/gateway-unreachable.js';
import { cause as natLoopbackMissing } from './network/nat-loopback-missing.js';
import { cause as proxyRefuses } from './network/proxy-refuses.js';
import { cause as proxyRequired } from './network/proxy-required.js';
import { cause as proxyUnreachable } from './network/proxy-unreachable.js';
import { cause as droppedOnPath } from './path/dropped-on-path.js';
import { cause as httpFiltered } from './path/http-filtered.js';
import { cause as internetDown } from './path/internet-down.js';
import { cause as ipv4Broken } from './path/ipv4-broken.js';
import { cause as ipv6Broken } from './path/ipv6-broken.js';
import { cause as largeHelloBlocked } from './path/large-hello-blocked.js';
import { cause as momentaryGlitch } from './path/momentary-glitch.js';
import { cause as packetLoss } from './path/packet-loss.js';
import { cause as pathMtuBlackhole } from './path/path-mtu-blackhole.js';
import { cause as portBlockedEverywhere } from './path/port-blocked-everywhere.js';
import { cause as quicBlocked } from './path/quic-blocked.js';
import { cause as rejectedByHop } from './path/rejected-by-hop.js';
import { cause as resetInjected } from './path/reset-injected.js';
import { cause as routingLoop } from './path/routing-loop.js';
import { cause as sharedAddress } from './path/shared-address.js';
import { cause as sniFiltered } from './path/sni-filtered.js';
import { cause as tlsIntercepted } from './path/tls-intercepted.js';
import { cause as transparentProxy } from './path/transparent-proxy.js';
import { cause as unreachableByHop } from './path/unreachable-by-hop.js';
import { cause as certificateChainIncomplete } from './server/certificate-chain-incomplete.js';
import { cause as certificateExpired } from './server/certificate-expired.js';
import { cause as certificateNameMismatch } from './server/certificate-name-mismatch.js';
import { cause as certificateNotYetValid } from './server/certificate-not-yet-valid.js';
import { cause as certificateRevoked } from './server/certificate-revoked.js';
import { cause as certificateUntrusted } from './server/certificate-untrusted.js';
import { cause as clientBanned } from './server/client-banned.js';
import { cause as clientCertificateRequired } from './server/client-certificate-required.js';
import { cause as gatewayUpstreamDown } from './server/gateway-upstream-down.js';
import { cause as hostDown } from './server/host-down.js';
import { cause as httpForbidden } from './server/http-forbidden.js';
import { cause as httpServerError } from './server/http-server-error.js';
import { cause as legalBlock } from './server/legal-block.js';
import { cause as listensOnLoopbackOnly } from './server/listens-on-loopback-only.js';
import { cause as listensOnOtherFamily } from './server/listens-on-other-family.js';
import { cause as noBackend } from './server/no-backend.js';
import { cause as nothingListening } from './server/nothing-listening.js';
import { cause as rateLimited } from './server/rate-limited.js';
import { cause as redirectLoop } from './server/redirect-loop.js';
import { cause as serverClosesAtOnce } from './server/server-closes-at-once.js';
import { cause as serverFirewall } from './server/server-firewall.js';
import { cause as serverNotResponding } from './server/server-not-responding.js';
import { cause as serverOverloaded } from './server/server-overloaded.js';
import { cause as serviceOutage } from './server/service-outage.js';
import { cause as serviceRefusesClient } from './server/service-refuses-client.js';
import { cause as serviceStarting } from './server/service-starting.js';
import { cause as tlsVersionMismatch } from './server/tls-version-mismatch.js';
import { cause as websocketNotOpened } from './server/websocket-not-opened.js';
import { cause as loopbackOfOtherNamespace } from './target/loopback-of-other-namespace.js';
import { cause as mistypedName } from './target/mistyped-name.js';
import { cause as wrongSchemeOrPort } from './target/wrong-scheme-or-port.js';

/** Every cause that can be judged. */
export const causes: readonly Cause[] = [
  antivirusBlocksApp,
  antivirusBlocksUrl,
  antivirusInterceptsTls,
  antivirusQuarantinedApp,
  appPolicy,
  browserExtension,
  browserForcesHttps,
  browserPolicy,
  clockWrong,
  connectionRedirected,
  conntrackTableFull,
  containersNotConnected,
  ephemeralPortsExhausted,
  hostsFileOverride,
  localFirewall,
  networkDown,
  noDnsConfigured,
  noRoute,
  osNetworkPermission,
  portNotPublished,
  proxyMisconfigured,
  securitySoftwareConflict,
  subnetOverlap,
  tooManyOpenFiles,
  vpnBlocks,
  dnsAnswerForged,
  dnssecBogus,
  nameDoesNotExist,
  nameFiltered,
  nameHasNoAddress,
  resolverFailing,
  resolverUnreachable,
  staleDnsCache,
  addressConflict,
  captivePortal,
  doubleNat,
  gatewayUnreachable,
  natLoopbackMissing,
  proxyRefuses,
  proxyRequired,
  proxyUnreachable,
  droppedOnPath,
  httpFiltered,
  internetDown,
  ipv4Broken,
  ipv6Broken,
  largeHelloBlocked,
  momentaryGlitch,
  packetLoss,
  pathMtuBlackhole,
  portBlockedEverywhere,
  quicBlocked,
  rejectedByHop,
  resetInjected,
  routingLoop,
  sharedAddress,
  sniFiltered,
  tlsIntercepted,
  transparentProxy,
  unreachableByHop,
  certificateChainIncomplete,
  certificateExpired,
  certificateNameMismatch,
  certificateNotYetValid,
  certificateRevoked,
  certificateUntrusted,
  clientBanned,
  clientCertificateRequired,
  gatewayUpstreamDown,
  hostDown,
  httpForbidden,
  httpServerError,
  legalBlock,
  listensOnLoopbackOnly,
  listensOnOtherFamily,
  noBackend,
  nothingListening,
  rateLimited,
  redirectLoop,
  serverClosesAtOnce,
  serverFirewall,
  serverNotResponding,
  serverOverloaded,
  serviceOutage,
  serviceRefusesClient,
  serviceStarting,
  tlsVersionMismatch,
  websocketNotOpened,
  loopbackOfOtherNamespace,
  mistypedName,
  wrongSchemeOrPort,
];
