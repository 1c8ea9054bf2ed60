/** Said of what was not tried, or not tried to its end, because of the bound on packets to one address. */
export const tooMany = 'not tried: enough was sent to this address';

/** Ends a connection of which that bound leaves nothing more: nobody else has closed it, and it says nothing of anybody. */
export class OverBudget extends Error {
  readonly code = 'EBUDGET';
  constructor() {
    super(tooMany);
  }
}

export function isOverBudget(error: NodeJS.ErrnoException | null): boolean {
  return error?.code === 'EBUDGET';
}
