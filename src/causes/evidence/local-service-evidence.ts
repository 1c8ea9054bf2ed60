import type { Evidence, Scene } from '../../model/cause.js';
import type { LocalService } from '../../model/device-state.js';
import { fact } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';

/** What tells most comes first: one that died says more than one that was never started. */
const telling: readonly LocalService['state'][] = ['failed', 'starting', 'stopped', 'disabled', 'running', 'unknown'];

/** The program that should listen on the target's place here, as far as one is known. */
export function expectedService({ facts }: Scene): LocalService | undefined {
  const services = fact(facts, 'device.services')?.services ?? [];
  const rank = (one: LocalService): number => telling.indexOf(one.state) * 2 + (one.words || one.exit ? 0 : 1);
  return services.filter((one) => telling.includes(one.state)).toSorted((a, b) => rank(a) - rank(b))[0];
}

export function serviceCulprit(service: LocalService, address: string): Culprit {
  return { kind: 'service', name: service.name, address, location: service.location };
}

/** "PostgreSQL (postgresql@15-main.service) should answer there. It ended …" as a clause that ends without a stop. */
export function whatBecame(service: LocalService): string {
  const { name, state, exit } = service;
  if (exit?.how === 'out-of-memory') return `${name} was ended by the system because memory ran out`;
  if (service.heldBy) {
    const holder = service.heldBy.process ?? 'another program';
    return `${name} could not start because ${holder} holds its place (${service.heldBy.address})`;
  }
  if (exit?.how === 'signal') return `${name} was ended by ${exit.value ?? 'a signal'}`;
  if (exit?.how === 'unknown') return `${name} ended without being stopped`;
  if (state === 'failed') return `${name} ended with a fault`;
  if (state === 'starting') return `${name} is still starting`;
  if (state === 'disabled') return `${name} is not running, and is not started with the computer`;
  if (state === 'running') return `${name} runs, and does not listen there`;
  return `${name} is not running`;
}

export function serviceEvidence(service: LocalService): Evidence[] {
  const { because, exit, words } = service;
  const ended = exit ? `it ended ${exitText(exit)}${exit.at === null ? '' : ` at ${exit.at}`} (${exit.source})` : '';
  return [
    { fact: 'device.services', says: because },
    ...(ended === '' ? [] : [{ fact: 'device.services' as const, says: ended }]),
    ...(words === null
      ? []
      : [{ fact: 'device.services' as const, says: `its own words: ${words.text} (${words.location})` }]),
  ];
}

function exitText({ how, value }: NonNullable<LocalService['exit']>): string {
  if (how === 'out-of-memory') return 'because memory ran out';
  if (how === 'signal') return `by ${value ?? 'a signal'}`;
  return how === 'code' ? `with code ${value ?? '?'}` : 'in a way that is not recorded';
}

export function serviceAdvice(service: LocalService): string {
  const { exit, heldBy, start, words } = service;
  if (exit?.how === 'out-of-memory')
    return `give it more memory or a smaller task, then start it again${command(start)}`;
  if (heldBy) return `stop ${heldBy.process ?? 'the other program'}, or give one of the two another port`;
  if (words) return `look at its last words above, mend that, and start it again${command(start)}`;
  if (exit) return `look into its log for the reason, and start it again${command(start)}`;
  return `start it${command(start)}`;
}

function command(start: string | null): string {
  return start === null ? '' : `: ${start}`;
}
