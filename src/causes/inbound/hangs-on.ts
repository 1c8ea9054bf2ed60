/** Conditions of rules that are true for some packets of many, by their words in nft and iptables. */
const rate =
  /\b(?:limit|quota|ct count|numgen|random)\b|-m (?:limit|hashlimit|recent|connlimit|quota|statistic|nth)\b|\b(?:hitcount|connlimit-\w+)\b/;
const clock = /^(?:hour|day|time|zone of the kernel) not given$/;

/**
 * What the answer of the rules hangs on, where it is neither who asks nor where from: the time, or how much has come before. Then
 * both answers are true, each at its time. `why` is what reading the rules says of a packet (src/firewall/decide.ts, merge).
 */
export function changing(why: string): { readonly on: string; readonly place: string } | null {
  const [, first, place, second, other, reasons = ''] =
    /^(\w+) \(([^()]*)\) or (\w+) \(([^()]*)\): it hangs on (.+)$/.exec(why) ?? [];
  if (first === undefined || place === undefined || other === undefined) return null;
  const each = reasons.split('; ');
  const refusing = first === 'accept' ? other : place;
  if (second === first) return null;
  if (each.every((one) => clock.test(one))) return { on: 'the time of day or the day of the week', place: refusing };
  if (each.every((one) => rate.test(one)))
    return { on: `how much has come before (${each.join('; ').slice(0, 160)})`, place: refusing };
  return null;
}
