import { judgeInbound } from '../causes/inbound/judge-inbound.js';
import { deviceBans } from '../inspectors/firewall/bans/bans.js';
import { firewallManagers } from '../inspectors/firewall/managers.js';
import { deviceFirewall } from '../inspectors/firewall/firewall.js';
import { inbound } from '../inspectors/inbound/inbound.js';
import { deviceInterfaces } from '../inspectors/interfaces/interfaces.js';
import { deviceLimits } from '../inspectors/limits/limits.js';
import { deviceListeners } from '../inspectors/listeners/listeners.js';
import { deviceNamespaces } from '../inspectors/namespaces/namespaces.js';
import { deviceSelf } from '../inspectors/self/self.js';
import { deviceBinding } from '../inspectors/services/binding.js';
import { localServices } from '../inspectors/services/local-services.js';
import { familyOf } from '../model/address.js';
import { fact, type Facts } from '../model/facts.js';
import type { InboundQuestion } from '../model/inbound.js';
import type { Report } from '../model/report.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import type { Target } from '../model/target.js';
import { nameConfig } from '../probes/names/name-config.js';
import { remediesFor } from './diagnose.js';
import { gather } from './gather.js';
import type { ProgressEvent } from './gathering-input.js';
import { paced } from './pacer.js';
import { version } from './version.js';

export interface InboundOptions {
  readonly system: System;
  readonly options: Options;
  readonly signal: AbortSignal;
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** Why others do not reach that port of this device: a report as of any diagnosis. It
 * sends nothing, but asks the router in front what it does where only that is left. */
export async function diagnoseInbound(port: number, question: InboundQuestion, given: InboundOptions): Promise<Report> {
  const { system, options, signal, onProgress } = given;
  const startedAt = system.clock.wall().toISOString();
  const began = system.clock.now();
  const target = inboundTarget(port, question);
  const { facts: own } = await gather({
    target,
    system,
    options,
    base: [
      deviceSelf,
      nameConfig,
      deviceInterfaces,
      deviceListeners,
      deviceLimits,
      deviceNamespaces,
      localServices,
      deviceBinding,
      inbound,
      deviceFirewall,
      firewallManagers,
      deviceBans,
    ],
    more: () => Promise.resolve([]),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal,
    onProgress,
  });
  const pacer = paced(system);
  const facts = (await mayBeRouter(own)) ? await withRouter(own, { ...given, system: pacer.system }) : own;
  const ends = fact(facts, 'inbound')?.ends ?? [];
  const judged = judgeInbound(facts);
  return {
    schema: 'whoblocked/report/1',
    version,
    startedAt,
    elapsedMs: Math.round(system.clock.now() - began),
    packets: pacer.count(),
    packetsTo: pacer.perAddress(),
    as: { uid: system.identity.uid, user: system.identity.user, privileges: system.identity.privileges },
    target: {
      input: target.input,
      scheme: target.scheme,
      host: ends[0]?.address ?? target.host,
      port,
      addresses: ends.map(({ address }) => address),
    },
    ...judged,
    remedies: await remediesFor(judged.verdict, facts),
    facts,
  };
}

/** Nothing here keeps others out, and the internet is before the router. */
async function mayBeRouter(facts: Facts): Promise<boolean> {
  const question = fact(facts, 'inbound');
  const { needsRouter } = await import('../causes/inbound/router-in-front.js');
  return question !== undefined && needsRouter(question) && judgeInbound(facts).verdict.outcome === 'reachable';
}

/** It is asked by NAT-PMP, PCP and UPnP, read only. */
async function withRouter(own: Facts, { system, options, signal, onProgress }: InboundOptions): Promise<Facts> {
  const [{ deviceRoutes }, { routerGatherer }] = await Promise.all([
    import('../inspectors/routes/routes.js'),
    import('../probes/router/router.js'),
  ]);
  const { facts } = await gather({
    target: own.target,
    system,
    options,
    base: [nameConfig, deviceRoutes, routerGatherer],
    more: () => Promise.resolve([]),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal,
    onProgress,
  });
  return { ...facts, ...own };
}

/** `inbound tcp/8080 from 203.0.113.9`; its host is this device, by the loopback address of the other side's family. */
export function inboundTarget(port: number, question: InboundQuestion): Target {
  const { protocol, from } = question;
  const loopback = from !== null && familyOf(from) === 6 ? '::1' : '127.0.0.1';
  return {
    input: `inbound ${protocol}/${port}${from === null ? '' : ` from ${from}`}`,
    scheme: 'inbound',
    host: loopback,
    port,
    portGiven: true,
    path: '/',
    transport: 'plain',
    protocol: 'service',
    literal: familyOf(loopback),
    inbound: question,
  };
}
