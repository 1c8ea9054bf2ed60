/** The services of `hosts:` in nsswitch.conf(5), in order, without their `[NOTFOUND=return]`. Empty when it has no such line. */
export function hostsOrder(text: string): string[] {
  const line = text
    .split('\n', 1_000)
    .map((each) => each.slice(0, 2_000).replace(/#.*/, '').trim())
    .find((each) => each.startsWith('hosts:'));
  if (line === undefined) return [];
  return line
    .slice('hosts:'.length)
    .replace(/\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter((service) => service !== '')
    .slice(0, 16);
}
