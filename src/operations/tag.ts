/** What marks a rule or a line as that change's own: by it alone something is ever taken out again. */
export function tagOf(id: string): string {
  return `whoblocked ${id}`;
}
