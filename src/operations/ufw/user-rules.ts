import { tagOf } from '../tag.js';

/** One order of ufw's user.rules: its tuple and the rules that it made. */
export interface Order {
  readonly tuple: string;
  readonly rules: readonly string[];
}

const start = '### tuple ###';

/** The orders in their order; everything else in the file ufw writes by itself (backend_iptables.py, _write_rules). */
export function ordersIn(text: string): Order[] {
  const orders: { tuple: string; rules: string[] }[] = [];
  let open: { tuple: string; rules: string[] } | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith(start)) {
      open = { tuple: line.trimEnd(), rules: [] };
      orders.push(open);
    } else if (line.startsWith('-A ') && open !== null) open.rules.push(line.trimEnd());
    else open = null;
  }
  return orders;
}

/** ufw keeps comments in hexadecimal. */
export function isOurs({ tuple }: Order, id: string): boolean {
  return tuple.endsWith(` comment=${Buffer.from(tagOf(id), 'utf8').toString('hex')}`);
}

export function linesOf(orders: readonly Order[]): string[] {
  return orders.flatMap(({ tuple, rules }) => [tuple, ...rules]);
}
