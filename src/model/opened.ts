import { fact, type Facts } from './facts.js';

/**
 * Every connection was tried, and none opened: there is nothing to speak on. False as long as one is on its way, and
 * wherever a proxy is in between.
 */
export function nothingOpened(facts: Facts): boolean {
  if (facts['proxy.way']?.state !== 'skipped') return false;
  const probes = fact(facts, 'connect');
  return probes?.every((probe) => [probe.first, ...probe.repeats].every((one) => one.failure !== undefined)) ?? false;
}
