/** From a zone to the one below it, by what its servers say of others (RFC 1034 4.3.2, 5.3.3). */
import { canonical, familyOf, scopeOf } from '../../../model/address.js';
import type { Context } from '../../../model/gatherer.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import type { Message } from '../../dns/message.js';
import { isWithin, sameName } from '../../dns/names.js';
import { TYPE } from '../../dns/registry.js';
import { resolverExchange } from '../resolver-exchange.js';
import { askMessage, type MessageQuery } from './message-exchange.js';

export interface Delegation {
  readonly zone: string;
  /** Names of its servers, with the addresses that came along. */
  readonly servers: ReadonlyMap<string, readonly string[]>;
  /** Address of whoever said so. */
  readonly delegatedBy: string;
}

const waitMs = 600;
const mostLabels = 6;
const mostNames = 4;
const mostAsked = 2;

export class Delegations {
  readonly #resolvers: readonly Endpoint[];
  readonly #context: Context;

  constructor(resolvers: readonly Endpoint[], context: Context) {
    this.#resolvers = resolvers;
    this.#context = context;
  }

  /** Zones that the name lies in, the deepest first, as far as resolvers know their servers. */
  async zonesAbove(host: string): Promise<Delegation[]> {
    const labels = host.toLowerCase().replace(/\.$/, '').split('.');
    const names = labels.map((_, at) => labels.slice(at).join('.')).slice(-mostLabels);
    const found = await Promise.all(
      [...names, '.'].map(async (zone) => {
        const got = await this.#ask({ name: zone, type: TYPE.NS, timeoutMs: waitMs });
        return got && this.#delegation(got.message, zone, got.from);
      }),
    );
    return found.flatMap((one) => one ?? []);
  }

  /** The zone below this one that the name lies in, by the word of its servers; null when they answer themselves, or nobody does. */
  async below(above: Delegation, host: string): Promise<Delegation | null> {
    const { servers } = await this.addressesOf(above);
    const exchange = resolverExchange(this.#context.system, this.#context.options.interface);
    for (const { address } of servers.slice(0, mostAsked)) {
      const query = { name: host, type: TYPE.A, recursionDesired: false, timeoutMs: waitMs } as const;
      const reply = await askMessage({ address, port: 53 }, query, exchange, this.#context);
      if (!('message' in reply)) continue;
      const { authorities, answers, flags } = reply.message;
      if (flags.aa || answers.length > 0) return null;
      const zone = authorities.find(({ type, name }) => type === TYPE.NS && isWithin(host, name))?.name;
      // A referral to the same zone or back up leads nowhere.
      if (zone === undefined || !isWithin(zone, above.zone) || sameName(zone, above.zone)) return null;
      return this.#delegation(reply.message, zone, address);
    }
    return null;
  }

  /** One address for each of its servers; those that did not come along are looked up. */
  async addressesOf({
    servers,
  }: Delegation): Promise<{ servers: { name: string; address: string }[]; addressless: string[] }> {
    const entries = [...servers].slice(0, mostNames);
    const found = await Promise.all(
      entries.map(async ([name, glue]) => {
        const usable = glue.length > 0 ? glue : await this.#addresses(name);
        const address = usable.find((one) => this.#fits(one));
        return { name, address };
      }),
    );
    return {
      servers: found.flatMap(({ name, address }) => (address === undefined ? [] : [{ name, address }])),
      addressless: found.flatMap(({ name, address }) => (address === undefined ? [name] : [])),
    };
  }

  /** What comes from outside leads to no address inside. */
  #fits(address: string): boolean {
    const wanted = this.#context.options.family === 6 ? 6 : 4;
    return familyOf(address) === wanted && scopeOf(address) === 'public';
  }

  async #addresses(name: string): Promise<string[]> {
    const type = this.#context.options.family === 6 ? TYPE.AAAA : TYPE.A;
    const got = await this.#ask({ name, type, timeoutMs: waitMs });
    return (got?.message.answers ?? []).flatMap(({ data }) =>
      data.kind === 'A' || data.kind === 'AAAA' ? [canonical(data.address)] : [],
    );
  }

  #delegation({ answers, authorities, additionals }: Message, zone: string, delegatedBy: string): Delegation | null {
    const servers = new Map<string, string[]>();
    for (const { name, data } of [...answers, ...authorities]) {
      if (data.kind === 'NS' && sameName(name, zone) && servers.size < mostNames)
        servers.set(data.target.toLowerCase(), []);
    }
    for (const { name, data } of additionals) {
      if (data.kind === 'A' || data.kind === 'AAAA') servers.get(name.toLowerCase())?.push(canonical(data.address));
    }
    return servers.size > 0 ? { zone, servers, delegatedBy } : null;
  }

  /** Of the first resolver that has an answer. */
  async #ask(query: MessageQuery): Promise<{ message: Message; from: string } | null> {
    const exchange = resolverExchange(this.#context.system, this.#context.options.interface);
    for (const server of this.#resolvers.slice(0, 3)) {
      if (this.#context.signal.aborted) return null;
      const reply = await askMessage(server, query, exchange, this.#context);
      if ('message' in reply && reply.message.rcode === 0 && reply.message.answers.length > 0)
        return { message: reply.message, from: server.address };
      // Said no: others say the same of what is public.
      if ('message' in reply && (reply.message.rcode === 0 || reply.message.rcode === 3)) return null;
    }
    return null;
  }
}
