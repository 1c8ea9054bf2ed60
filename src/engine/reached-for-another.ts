import { fact, type Facts } from '../model/facts.js';

/** The target was reached by us, and somebody else was asked about: whether it holds for that one was not shown. */
export function isForAnother(facts: Facts): boolean {
  return isUntriedInBrowser(facts) || wasSilentForProgram(facts);
}

/** A browser was asked for and not tried: whether the page opens in it is another matter. */
function isUntriedInBrowser(facts: Facts): boolean {
  return fact(facts, 'device.browsers') !== undefined && fact(facts, 'browser.trials') === undefined;
}

/** It holds for us, and the program itself waited in vain: whether something stops that one alone is another matter. */
function wasSilentForProgram(facts: Facts): boolean {
  return fact(facts, 'device.program')?.tried.some(({ outcome }) => outcome === 'silent') ?? false;
}
