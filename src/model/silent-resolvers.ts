import { fact, type Facts } from './facts.js';

/** None of this device's own resolvers gave an answer when it was asked for the target's name. */
export function areResolversSilent(facts: Facts): boolean {
  const answers = fact(facts, 'name.direct')?.answers ?? [];
  return answers.length > 0 && answers.every(({ failure }) => failure?.code === 'timed-out');
}
