/**
 * Something that a change needs cannot be done: a disk that is full, a manager that says no, a plan that no longer fits.
 * Whoever made the change takes back what was done so far and says why. `message` is one plain clause.
 */
export class Cannot extends Error {
  override readonly name = 'Cannot';
}
