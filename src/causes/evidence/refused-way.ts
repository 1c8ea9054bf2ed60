/** What to do about a line of routing that says "no": a rule (`100: from …`) or a route; null where there is none. */
export function refusedWayAdvice(line: string | null): string | null {
  if (line === null) return null;
  return /^\d+:/.test(line)
    ? `find out who made that rule; it goes with: sudo ip rule del ${line.replace(/^\d+:\s*/, '')}`
    : `find out who made that line; it goes with: sudo ip route del ${line}`;
}
