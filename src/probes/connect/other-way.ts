import { tunnelProduct } from '../../model/tunnel-products.js';
import { familyOf, inPrefix } from '../../model/address.js';
import { fact, type Facts, type InterfaceFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { mayLieElsewhere, type OtherWayTry } from '../../model/other-way.js';
import { failedProbes } from '../../model/probed.js';
import { tryOf } from './connect-try.js';

const mostTries = 4;
const waitMs = 1_500;

/**
 * An address that the kernel looks for in a network of its own (a container's, a VPN's) and that may lie elsewhere too: the
 * same connection by the interfaces by which it would go if that network were not there; and one that goes beside a tunnel,
 * by the tunnel.
 */
export const otherWay: Gatherer<'connect.otherWay'> = {
  fact: 'connect.otherWay',
  needs: ['connect', 'device.routes', 'device.interfaces'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { options }) => {
    if (options.interface !== null) return 'the interface is given';
    return waysOf(facts).length === 0 ? 'there is no other way to an address that may lie elsewhere too' : null;
  },
  async gather(facts, { system, signal, remaining }: Context) {
    const tries = waysOf(facts).map(async ({ address, port, usual, device }): Promise<OtherWayTry> => {
      const timeoutMs = Math.max(50, Math.min(waitMs, remaining() / 2));
      const dialled = await system.sockets.dial({ address, port, timeoutMs, interface: device, discard: true }, signal)
        .done;
      return { address, port, usual, device, result: tryOf(address, port, dialled) };
    });
    return known(await Promise.all(tries), 'connect()');
  },
};

type Way = Omit<OtherWayTry, 'result'>;

function waysOf(facts: Facts): Way[] {
  const routes = fact(facts, 'device.routes');
  const interfaces = fact(facts, 'device.interfaces') ?? [];
  const ways = failedProbes(facts).flatMap(({ address, port }): Way[] => {
    const choice = routes?.choices.find((one) => one.address === address);
    const usual = choice?.device ?? null;
    if (!choice || usual === null || usual === 'lo' || !mayLieElsewhere(address, choice, interfaces)) return [];
    const family = familyOf(address);
    const byDefault = (routes?.defaults ?? [])
      .filter((one) => one.family === family)
      .flatMap((one) => one.device ?? []);
    const covering = interfaces.filter((one) => one.up && covers(one, address)).map(({ name }) => name);
    // Beside a tunnel that is there for other networks alone (a split tunnel): this one may be meant for it as well.
    const isTunnel = ({ name, kind }: InterfaceFact): boolean => tunnelProduct(name, kind) !== undefined;
    const beside = interfaces.some((one) => one.name === usual && isTunnel(one))
      ? []
      : interfaces.filter((one) => one.up && isTunnel(one)).map(({ name }) => name);
    return [...new Set([...byDefault, ...covering, ...beside])]
      .filter((device) => device !== usual)
      .map((device) => ({ address, port, usual, device }));
  });
  return ways.slice(0, mostTries);
}

/** One of its own networks holds the address. */
function covers({ addresses }: InterfaceFact, address: string): boolean {
  return addresses.some((one) => inPrefix(address, `${one.address}/${one.prefix}`));
}
