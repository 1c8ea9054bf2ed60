// The world of one scenario, broken as it says.
import type { Scenario } from '../scenario.js';
import type { Certificates } from '../services/certificates.js';
import type { Services } from '../services/description.js';
import { applySteps } from '../world/apply.js';
import { REFERENCE, RESOLVER, SERVER, withNames } from '../world/internet.js';
import type { Step } from '../world/steps.js';
import { MACHINES, type Machine } from '../world/topology.js';
import { World } from '../world/world.js';

export interface Maker {
  readonly certificates: Certificates;
  /** The program that serves inside the namespaces. */
  readonly server: readonly [string, ...string[]];
}

function servicesOf(scenario: Scenario): Partial<Record<Machine, Services>> {
  const usual: Partial<Record<Machine, Services>> = { server: SERVER, resolver: RESOLVER, reference: REFERENCE };
  const services: Partial<Record<Machine, Services>> = {};
  for (const machine of MACHINES) {
    const chosen = scenario.services?.[machine] ?? usual[machine];
    if (chosen !== undefined) services[machine] = withNames(chosen, scenario.names ?? {});
  }
  return services;
}

/** `more` is done first, beside what the scenario says. */
export async function worldOf(
  scenario: Scenario,
  { certificates, server }: Maker,
  more: readonly Step[] = [],
): Promise<World> {
  const world = await World.build({
    services: servicesOf(scenario),
    ...(scenario.files === undefined ? {} : { files: scenario.files }),
    certificates,
    server,
  });
  try {
    await applySteps(world, [...more, ...(scenario.distractors ?? []), ...scenario.break]);
    return world;
  } catch (error) {
    await world.remove();
    throw error;
  }
}
