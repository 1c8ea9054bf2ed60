/** Said wherever a product is named by a row of a table that nobody has held against the product itself. */
export const untriedWords = 'its name is by its makers’ documents, not tried';

/** The same behind a name: `, as Avast does (by its makers’ documents, not tried)`. Empty for a row that was tried. */
export function untriedMark({ tried }: { readonly tried: boolean }): string {
  return tried ? '' : ' (by its makers’ documents, not tried)';
}
