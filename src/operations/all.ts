import { Cannot } from '../model/cannot.js';
import type { Operation } from '../model/operation.js';
import { operationKinds } from './kinds.js';
import type { OperationKindOf } from './operation-kind.js';

/** What is known of each kind, the state before being its own affair. */
type Known = OperationKindOf<Operation, unknown>;

/** A kind that is not in the closed list cannot be carried out, whatever a plan or a journal says. */
export function kindOf({ kind }: Pick<Operation, 'kind'>): Known {
  // Each kind gets only its own operations and states: checkOperation has seen to it.
  return operationKinds[kind] as Known;
}

/** An operation from outside: a plan that was handed over, a journal. */
export function checkOperation(json: unknown): Operation {
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(operationKinds, kind))
    throw new Cannot('there is an operation in it that this version does not know');
  return kindOf({ kind: kind as Operation['kind'] }).check(json as Record<string, unknown>);
}
