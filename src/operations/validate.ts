import { bytesOf, familyOf } from '../model/address.js';
import { Cannot } from '../model/cannot.js';
import type { PacketMatch } from '../model/operation.js';

/** Arguments of an operation, each taken out by what it must be. What is left over in the end was never allowed. */
export class Arguments {
  readonly #left: Map<string, unknown>;

  constructor(
    private readonly where: string,
    json: unknown,
  ) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw this.wrong('is no object');
    this.#left = new Map(Object.entries(json));
  }

  wrong(what: string): Cannot {
    return new Cannot(`the arguments of ${this.where} are not valid: ${what}`);
  }

  take(name: string): unknown {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.take(name);
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw this.wrong(`${name} is none of ${allowed.join(', ')}`);
    return found;
  }

  /** Text that is only compared and shown: bounded, without line breaks. */
  text(name: string, longest = 4096): string {
    const value = this.take(name);
    if (typeof value !== 'string' || value.length > longest || /[\n\0]/.test(value))
      throw this.wrong(`${name} is no line`);
    return value;
  }

  textOrNull(name: string): string | null {
    return this.#left.get(name) === null ? (this.take(name) as null) : this.text(name);
  }

  matching(name: string, pattern: RegExp): string {
    const value = this.text(name, 256);
    if (!pattern.test(value)) throw this.wrong(`${name} has a form that is not allowed`);
    return value;
  }

  whole(name: string, low: number, high: number): number {
    const value = this.take(name);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
      throw this.wrong(`${name} is no whole number from ${low} to ${high}`);
    return value;
  }

  wholeOrNull(name: string, low: number, high: number): number | null {
    return this.#left.get(name) === null ? (this.take(name) as null) : this.whole(name, low, high);
  }

  list<T>(name: string, most: number, each: (item: unknown) => T): T[] {
    const value = this.take(name);
    if (!Array.isArray(value) || value.length === 0 || value.length > most)
      throw this.wrong(`${name} is no list of 1 to ${most}`);
    return value.map(each);
  }

  optional<T>(name: string, read: (name: string) => T): T | undefined {
    return this.#left.get(name) === undefined ? undefined : read(name);
  }

  end(): void {
    const extra = [...this.#left].find(([, value]) => value !== undefined);
    if (extra !== undefined) throw this.wrong('there are more than belong there');
  }
}

/** Names of tables and chains as common tools make them: nothing that any syntax gives a meaning. */
export const nftName = /^[A-Za-z_][\w.-]{0,63}$/;

export function checkMatch(json: unknown): PacketMatch {
  const args = new Arguments('an exception', json);
  const family = args.whole('family', 4, 6) === 4 ? 4 : 6;
  const protocol = args.oneOf('protocol', ['tcp', 'udp']);
  const address = (name: string): string => {
    const value = args.text(name, 64);
    const [plain = '', length, ...rest] = value.split('/');
    const bits = length === undefined ? 0 : Number(length);
    const isLength =
      length === undefined || (/^\d{1,3}$/.test(length) && bits >= 1 && bits <= (bytesOf(plain)?.length ?? 0) * 8);
    if (familyOf(plain) !== family || plain.includes('%') || rest.length > 0 || !isLength)
      throw args.wrong(`${name} is no address of IPv${family}`);
    return value;
  };
  const port = (name: string): number => args.whole(name, 1, 65_535);
  const source = args.optional('source', address);
  const destination = args.optional('destination', address);
  const sport = args.optional('sport', port);
  const dport = args.optional('dport', port);
  const established = args.optional('established', (name) => args.take(name));
  if (established !== undefined && established !== true) throw args.wrong('established is true or left out');
  const uid = args.optional('uid', (name) => args.whole(name, 0, 4_294_967_294));
  const mark = args.optional('mark', (name) => args.whole(name, 1, 4_294_967_295));
  const until = args.optional('until', (name) => args.whole(name, 1, 4_294_967_295));
  args.end();
  if ((uid ?? mark) !== undefined && destination === undefined)
    throw args.wrong('a user or a mark is known of packets that leave only');
  if ((source ?? destination) === undefined || (sport ?? dport) === undefined)
    throw args.wrong('an exception names an address and a port at least');
  return {
    family,
    protocol,
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ...(sport !== undefined && { sport }),
    ...(dport !== undefined && { dport }),
    ...(established === true && { established }),
    ...(uid !== undefined && { uid }),
    ...(mark !== undefined && { mark }),
    ...(until !== undefined && { until }),
  };
}
