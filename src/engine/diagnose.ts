import type { Facts } from '../model/facts.js';
import { parseTarget } from '../model/parse-target.js';
import type { AnyGatherer } from '../model/gatherer.js';
import type { RemedyLine, Report, Verdict } from '../model/report.js';
import { defaultOptions, type Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import { baseGatherers, moreGatherers, soonGatherers } from './base-gatherers.js';
import { gather } from './gather.js';
import type { ProgressEvent } from './gathering-input.js';
import type { Catalogue } from './hear.js';
import { assess } from './judge.js';
import { paced } from './pacer.js';
import { remembering } from './told.js';
import { version } from './version.js';

export type { ProgressEvent } from './gathering-input.js';

export interface DiagnoseOptions extends Partial<Options> {
  /** Another machine than this one, for tests. */
  readonly system?: System;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** What was typed is no target. `message` says what to type instead; it holds no secret. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Measures and judges one target.
 *
 * @param input a URL, host, host:port or connection string (see the README)
 * @returns the report of the contract, `whoblocked/report/1`
 * @throws TargetError when the input is no target. Never for what the network does.
 */
export async function diagnose(input: string, options: DiagnoseOptions = {}): Promise<Report> {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new TargetError(parsed.why);
  const settings: Options = { ...defaultOptions, ...definedOnly(options) };
  const opened = options.system ?? (await (await import('../system/open-system.js')).openSystem());
  const pacer = paced(opened);
  const system = remembering(pacer.system);
  const startedAt = system.clock.wall().toISOString();
  const began = system.clock.now();
  const { facts, assessment } = await gather({
    target: settings.program ? { ...parsed.target, ofProgram: true } : parsed.target,
    system,
    options: settings,
    base: settings.program ? await withProgram(baseGatherers) : baseGatherers,
    soon: soonGatherers,
    more: moreGatherers,
    catalogue: loadCatalogue,
    worthTelling: mayBeTold,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress,
  });
  const { judgement: judged, symptom } = assessment ?? assess(facts, { built: [], unbuilt: [] });
  // A short diagnosis of what works loads nothing more.
  const judgement =
    judged.verdict.outcome === 'reachable' ? judged : (await import('./confidence.js')).withConfidence(judged, symptom);
  return {
    schema: 'whoblocked/report/1',
    version,
    startedAt,
    elapsedMs: Math.round(system.clock.now() - began),
    packets: pacer.count(),
    packetsTo: pacer.perAddress(),
    as: { uid: system.identity.uid, user: system.identity.user, privileges: system.identity.privileges },
    target: {
      input: parsed.target.input,
      scheme: parsed.target.scheme,
      host: parsed.target.host,
      port: parsed.target.port,
      addresses: addressesOf(facts),
    },
    ...judgement,
    remedies: await remediesFor(judgement.verdict, facts),
    facts,
  };
}

/** What `fix` can do about it. Only the remedies that the cause names are loaded. */
export async function remediesFor(verdict: Verdict, facts: Facts): Promise<readonly RemedyLine[]> {
  if (verdict.outcome === 'reachable') return [];
  const { built } = await loadCatalogue();
  const ids = built.find(({ id }) => id === verdict.cause)?.remedies ?? [];
  return ids.length === 0 ? [] : (await import('./offered.js')).offered(ids, verdict, facts);
}

/** Only where a program was named: nobody else pays for it. */
async function withProgram(base: readonly AnyGatherer[]): Promise<readonly AnyGatherer[]> {
  const { deviceProgram } = await import('../inspectors/program/program.js');
  return [...base, deviceProgram];
}

/** The causes are many small files and needed only when something failed. */
export async function loadCatalogue(): Promise<Catalogue> {
  const [{ causes }, { unbuilt }] = await Promise.all([import('../causes/all.js'), import('../causes/unbuilt.js')]);
  return { built: causes, unbuilt };
}

function addressesOf(facts: Facts): readonly string[] {
  if (facts.target.literal !== 0) return [facts.target.host];
  return facts['name.system']?.state === 'known' ? facts['name.system'].value.addresses : [];
}

function definedOnly(options: DiagnoseOptions): Partial<Options> {
  const { system: _system, signal: _signal, onProgress: _onProgress, ...rest } = options;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

/**
 * The certificate holds by an authority that was added to this device, and bears the name of one who is known to look in;
 * or a program of this device is at the other end; or a plain page says that it came through somebody (RFC 9110, 7.6.3);
 * or a policy of a browser blocks the page.
 */
async function mayBeTold({ tls, http, target, 'device.browsers': browsers }: Facts): Promise<boolean> {
  // A program that was named may meet rules that this diagnosis does not.
  if (target.ofProgram) return true;
  // The browser that was tried is not the only one that is here.
  if (browsers?.state === 'known' && browsers.value.policies.some(({ effect }) => effect === 'blocks')) return true;
  const pages = http?.state === 'known' && target.transport === 'plain' ? http.value : [];
  if (pages.some(({ headers }) => headers['via'] !== undefined)) return true;
  const added = tls?.state === 'known' ? tls.value.filter(({ anchor }) => anchor?.public === false) : [];
  if (added.length === 0) return false;
  const { interceptorIn } = await import('../causes/evidence/interception-evidence.js');
  return added.some((one) => one.endsHere === true || interceptorIn(one) !== undefined);
}
