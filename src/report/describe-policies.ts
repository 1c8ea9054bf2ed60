import { hostPort } from '../model/address.js';
import type { OtherGroupTry, PoliciesFact } from '../model/policy-facts.js';

/** Programs in the kernel that connections from here pass, a line each. */
export function policyLines({ group, programs, settings = [], closed }: PoliciesFact): string[] {
  return [
    `control group ${group ?? 'unknown'}`,
    ...programs.map(({ hook, id, name, at, holder }) => {
      const whose = holder === null ? '' : `, held by ${holder.process} (process ${holder.pid})`;
      return `${hook} at ${at}: ${name === '' ? 'a program without a name' : name} (${id})${whose}`;
    }),
    ...(programs.length === 0 ? ['no program of the kernel decides about connections from here'] : []),
    ...settings.map(({ location, name, value }) => `${location}: ${name}=${value}`),
    ...closed.map((what) => `not read: ${what}`),
  ];
}

export function otherGroupLines(tries: readonly OtherGroupTry[]): string[] {
  return tries.map(({ address, port, outside, again }) => {
    const end = (one: OtherGroupTry['again']): string => one?.code ?? 'held';
    return `${hostPort(address, port)}: ${end(outside)} out of the topmost group, ${end(again)} as before`;
  });
}
