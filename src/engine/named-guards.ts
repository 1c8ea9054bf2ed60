import { interceptorNamed } from '../causes/interception-evidence.js';
import { guardProduct } from '../data/guard-products.js';
import { guardsNamed } from '../inspectors/guards/guards.js';

/** Guards with the names of the products that the tables know. */
export const deviceGuards = guardsNamed({
  product: (process, program) => {
    const found = guardProduct(process, program);
    return found ? { name: found.name, kind: found.kind, tried: found.tried } : null;
  },
  rootOf: (subject) => interceptorNamed(subject)?.product ?? null,
});
