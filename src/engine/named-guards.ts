import { interceptorNamed } from '../causes/evidence/interception-evidence.js';
import { guardProduct } from '../data/guard-products.js';
import { type GuardNames, guardsNamed } from '../inspectors/guards/guards.js';
import { programGuardsNamed } from '../inspectors/guards/program-guards.js';

/** Guards with the names of the products that the tables know. */
const names: GuardNames = {
  product: (process, program) => {
    const found = guardProduct(process, program);
    return found ? { name: found.name, kind: found.kind, tried: found.tried } : null;
  },
  rootOf: (subject) => interceptorNamed(subject)?.product ?? null,
};

export const deviceGuards = guardsNamed(names);
export const programGuards = programGuardsNamed(names);
