import type { LocalService, LocalServicesFact } from '../../model/device-state.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { configuredService } from './configured-service.js';
import { composeServices } from './compose.js';
import { containersFor } from './containers.js';
import { type Killed, killedForMemory } from './exits.js';
import { type ListeningPlace, placeHere } from './place.js';
import { type Configured, configuredPrograms } from './settings.js';
import { isOf, type Unit, unitsFor, unitStates } from './units.js';

const mostServices = 6;

/**
 * Why nobody answers on a port or socket of this very device: which program should, by settings, units and containers, and
 * what became of it, by systemd, logs, pid files, the kernel's log and process accounting, whichever is there to be read.
 */
export const localServices: Gatherer<'device.services'> = {
  fact: 'device.services',
  needs: ['connect', 'device.listeners'],
  base: false,
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  when: (facts, { system }) =>
    system.platform !== 'linux'
      ? `services are not looked at on ${system.platform}`
      : placeHere(facts) === null
        ? 'the target is not on this computer'
        : null,
  async gather(facts, context) {
    return known(await servicesHere(facts, context), 'settings, logs, /proc');
  },
};

async function servicesHere(facts: Facts, context: Context): Promise<LocalServicesFact> {
  const place = placeHere(facts);
  if (!place) return { services: [], looked: [], closed: [] };
  const [{ configured, killed }, containers, compose, systemd] = await Promise.all([
    programsHere(place, context),
    'port' in place ? containersFor(place.port, context) : null,
    'port' in place ? composeServices(place.port, context) : [],
    context.system.files.exists('/run/systemd/system'),
  ]);
  const units = await unitsFor(place, configured, context);
  const states = systemd ? await unitStates(units, context) : [];
  const listeners = fact(facts, 'device.listeners')?.listeners ?? [];
  const closed = new Set<string>();
  const byHand = configured.filter(({ program }) => !covered(program.units, states));
  if (typeof killed === 'string') closed.add(`kernel log: ${killed}`);
  const programs = await Promise.all(
    byHand.map((one) =>
      configuredService(
        one,
        { listeners, killed: typeof killed === 'string' ? [] : (killed ?? []), units, systemd, closed },
        context,
      ),
    ),
  );
  const alone = systemd
    ? []
    : units.filter((unit) => !configured.some(({ program }) => covered(program.units, [unit])));
  return {
    services: [
      ...states,
      ...programs,
      ...alone.map(unknownState),
      ...(containers ?? []),
      ...(containers?.length ? [] : compose),
    ].slice(0, mostServices),
    looked: [
      'settings',
      'logs',
      'unit files',
      ...(systemd ? ['systemd'] : []),
      ...(killed === null || typeof killed === 'string' ? [] : ['kernel log']),
      ...(containers === null ? [] : ['containers']),
    ],
    closed: [...closed].slice(0, 8),
  };
}

/** Where no program is set for the place there is none to look for in the kernel's log, which takes a process to read. */
async function programsHere(
  place: ListeningPlace,
  context: Context,
): Promise<{ configured: Configured[]; killed: Killed[] | string | null }> {
  const configured = await configuredPrograms(place, context);
  return { configured, killed: configured.length === 0 ? null : await killedForMemory(context) };
}

/** One of these runs the program: what systemd says of it counts more than what its traces tell. */
function covered(patterns: readonly string[], units: readonly { readonly name: string }[]): boolean {
  return units.some(({ name }) => patterns.some((pattern) => name === pattern || isOf(name, pattern)));
}

/** A unit that somebody wrote for this port, where systemd itself does not run to be asked. */
function unknownState({ name, because, location }: Unit): LocalService {
  return { name, state: 'unknown', because, location, exit: null, words: null, heldBy: null, start: null };
}
