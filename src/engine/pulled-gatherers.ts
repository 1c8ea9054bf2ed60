import type { AnyGatherer } from '../model/gatherer.js';
import { appFirewall } from '../inspectors/app-firewall/opensnitch.js';
import { deviceBans } from '../inspectors/firewall/bans/bans.js';
import { deviceContainers } from '../inspectors/containers/containers.js';
import { deviceFirewall } from '../inspectors/firewall/firewall.js';
import { firewallLog } from '../inspectors/firewall/firewall-log.js';
import { firewallManagers } from '../inspectors/firewall/managers.js';
import { pastShield } from './blocked-page.js';
import { guardLog } from '../inspectors/guards/guard-log.js';
import { deviceInterfaces } from '../inspectors/interfaces/interfaces.js';
import { deviceBalancer } from '../inspectors/balancer/balancer.js';
import { deviceLimits } from '../inspectors/limits/limits.js';
import { deviceListeners } from '../inspectors/listeners/listeners.js';
import { deviceNamespaces } from '../inspectors/namespaces/namespaces.js';
import { deviceNeighbours } from '../inspectors/neighbours/neighbours.js';
import { deviceRoutes } from '../inspectors/routes/routes.js';
import { deviceBinding } from '../inspectors/services/binding.js';
import { localServices } from '../inspectors/services/local-services.js';
import { deviceDenials } from '../inspectors/policies/denials.js';
import { devicePolicies } from '../inspectors/policies/policies.js';
import { proxySettings } from '../inspectors/proxies/proxy-settings.js';
import { deviceTunnels } from '../inspectors/tunnels/tunnels.js';
import { tunnelEnds } from '../inspectors/tunnels/tunnel-ends.js';
import { tunnelTrace } from '../probes/kernel/tunnel-trace.js';
import { vpnProfiles } from '../inspectors/tunnels/vpn-profiles.js';
import { socketFile } from '../inspectors/socket-file/socket-file.js';
import { clocks } from '../probes/clocks/clocks.js';
import { elsewhere } from '../probes/connect/elsewhere.js';
import { egress } from '../probes/connect/egress.js';
import { told } from '../probes/connect/told.js';
import { forged } from '../probes/connect/forged.js';
import { held } from '../probes/connect/held.js';
import { left } from '../probes/connect/left.js';
import { near } from '../probes/connect/near.js';
import { localEnd } from '../probes/connect/local-end.js';
import { otherWay } from '../probes/connect/other-way.js';
import { otherGroup } from '../probes/connect/other-group.js';
import { portControls } from '../probes/connect/port-controls.js';
import { unrouted } from '../probes/connect/unrouted.js';
import { wire } from '../probes/connect/wire.js';
import { resetDistance } from '../probes/connect/reset-distance.js';
import { series } from '../probes/connect/series.js';
import { deviceCounters } from '../probes/counters/counters.js';
import { ruleCounts } from '../probes/counters/rule-counts.js';
import { swallowed } from '../probes/counters/swallowed.js';
import { httpAgainGatherer } from '../probes/http/again.js';
import { interference } from '../probes/interference/interference.js';
import { kernelSaid } from '../probes/kernel/kernel-said.js';
import { kernelTrace } from '../probes/kernel/kernel-trace.js';
import { directNames } from '../probes/names/direct-names.js';
import { hostsFile } from '../probes/names/hosts-file.js';
import { deviceGuards } from './named-guards.js';
import { programGuards } from './named-guards.js';
import { nameAhead } from './name-ahead.js';
import { nearNames } from './near-names.js';
import { redirectName } from '../probes/names/redirect-name.js';
import { namesInTunnel } from '../probes/names/in-tunnel.js';
import { referenceNames } from '../probes/names/reference-names.js';
import { againNames } from '../probes/names/experiments/again.js';
import { authorityNames } from '../probes/names/experiments/authority.js';
import { nameCaches } from '../probes/names/experiments/caches.js';
import { nameOptions } from '../probes/names/experiments/options.js';
import { impostorNames } from '../probes/names/experiments/impostor.js';
import { laterNames } from '../probes/names/experiments/later.js';
import { otherNames } from '../probes/names/experiments/other-names.js';
import { namePlaces } from '../probes/names/experiments/places.js';
import { seriesNames } from '../probes/names/experiments/series.js';
import { nameChain } from '../probes/names/experiments/signature-chain.js';
import { uncheckedNames } from '../probes/names/experiments/unchecked.js';
import { referencePorts } from '../probes/names/references/reference-ports.js';
import { references } from '../probes/names/references/references.js';
import { announcedPortals } from '../inspectors/portal/announced-portals.js';
import { portalApi } from '../probes/portal/portal-api.js';
import { linkOwners } from '../probes/link/link-owners.js';
import { packetSizes } from '../probes/path/packet-sizes.js';
import { path } from '../probes/path/path.js';
import { hopOwners } from '../probes/path/hop-owners.js';
import { past } from '../probes/path/past.js';
import { directWay } from '../probes/proxy/direct-way.js';
import { proxyScripts } from '../probes/proxy/pac.js';
import { proxyNobody } from '../probes/proxy/proxy-nobody.js';
import { proxyTrials } from '../probes/proxy/proxy-trials.js';
import { proxyVariations } from '../probes/proxy/proxy-variations.js';
import { statusPage } from '../probes/status/status-page.js';
import { quicReferences } from '../probes/quic/quic-references.js';
import { routerGatherer } from '../probes/router/router.js';
import { pace } from '../probes/tls/pace.js';
import { tlsReferences } from '../probes/tls/references.js';
import { tlsVariationsGatherer } from '../probes/tls/variations.js';

/**
 * Gatherers that are run only when a cause misses their fact, or when another fact takes long. `npm run generate` writes
 * later-gatherers.ts from it, the list that the engine uses: it loads each of them when it is pulled.
 */
export const pulledGatherers: readonly AnyGatherer[] = [
  socketFile,
  deviceLimits,
  guardLog,
  deviceGuards,
  pastShield,
  programGuards,
  localServices,
  deviceBinding,
  deviceCounters,
  swallowed,
  held,
  forged,
  told,
  clocks,
  hostsFile,
  deviceInterfaces,
  deviceRoutes,
  deviceNeighbours,
  deviceListeners,
  deviceNamespaces,
  deviceBalancer,
  deviceContainers,
  deviceDenials,
  appFirewall,
  devicePolicies,
  left,
  otherGroup,
  otherWay,
  deviceTunnels,
  tunnelEnds,
  tunnelTrace,
  vpnProfiles,
  namesInTunnel,
  directNames,
  elsewhere,
  egress,
  portControls,
  resetDistance,
  wire,
  unrouted,
  series,
  kernelTrace,
  kernelSaid,
  deviceFirewall,
  firewallManagers,
  ruleCounts,
  firewallLog,
  deviceBans,
  path,
  past,
  hopOwners,
  linkOwners,
  packetSizes,
  tlsVariationsGatherer,
  pace,
  tlsReferences,
  quicReferences,
  routerGatherer,
  localEnd,
  near,
  httpAgainGatherer,
  interference,
  nearNames,
  referenceNames,
  redirectName,
  nameCaches,
  nameOptions,
  againNames,
  otherNames,
  laterNames,
  seriesNames,
  impostorNames,
  authorityNames,
  uncheckedNames,
  nameChain,
  namePlaces,
  nameAhead,
  announcedPortals,
  portalApi,
  references,
  referencePorts,
  statusPage,
  directWay,
  proxyVariations,
  proxySettings,
  proxyScripts,
  proxyTrials,
  proxyNobody,
];
