/** Services that know names of this device only: told to return where they know none, they leave the rest unasked. */
const endsAtFiles = /\b(files|db|compat)\s*\[[^\]]*NOTFOUND=return[^\]]*\].*$/i;

/** The services of `hosts:` in nsswitch.conf(5) that are asked at all, in order, without their conditions. Empty when it has no such line. */
export function hostsOrder(text: string): string[] {
  const line = text
    .split('\n', 1_000)
    .map((each) => each.slice(0, 2_000).replace(/#.*/, '').trim())
    .find((each) => each.startsWith('hosts:'));
  if (line === undefined) return [];
  return line
    .slice('hosts:'.length)
    .replace(endsAtFiles, '$1')
    .replace(/\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter((service) => service !== '')
    .slice(0, 16);
}
