/** What marks a rule or a line as that change's own: by it alone something is ever taken out again. */
export function tagOf(id: string): string {
  return `whoblocked ${id}`;
}

/**
 * Whether a rule, as nft or iptables-save prints it, is one of whoblocked's, of whichever change: each of these has a record
 * of its own, and may come and go beside another one.
 */
export function isOfSomeChange(rule: string): boolean {
  return / (?:--)?comment "whoblocked [a-z2-7]{8}"(?: |$)/.test(rule);
}
