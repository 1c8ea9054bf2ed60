import { constants } from 'node:os';

/** Linux errors that Node's own table leaves out, but ICMP brings about (icmp_err_convert in net/ipv4/icmp.c). */
const linuxOnly: readonly (readonly [string, number])[] = [
  ['ENONET', 64],
  ['ESHUTDOWN', 108],
  ['EHOSTDOWN', 112],
];

let names: Map<number, string> | null = null;

function table(): Map<number, string> {
  if (names) return names;
  names = new Map();
  for (const [name, number] of [...Object.entries(constants.errno), ...linuxOnly]) {
    if (!names.has(number)) names.set(number, name);
  }
  return names;
}

/** `ECONNREFUSED` for 111. A number that nobody knows stays a number: `errno 4711`. */
export function errnoName(number: number): string {
  return table().get(number) ?? `errno ${number}`;
}
