import { fact, type AddressProbe, type Facts } from '../../model/facts.js';
import { familyOf } from '../../model/address.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { addressesOfTarget, failedProbes, stillOpening } from '../../model/probed.js';
import { proxyOf } from '../../model/proxied.js';
import { mostAddresses, probeAddresses } from './probe-addresses.js';
import { answered, tryOf } from './connect-try.js';

/** One connection to each address of the target, all at once, with what the kernel shows of it. */
export const connect: Gatherer<'connect'> = {
  fact: 'connect',
  needs: ['name.system', 'proxy.choice'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (proxyOf(facts) === null ? null : 'it goes through a proxy'),
  async gather(facts, context) {
    const { target } = facts;
    if (target.scheme === 'unix') return known([await unixProbe(target.path, context)], 'connect()');
    const addresses = addressesToTry(facts, context);
    if (addresses.length === 0) return skipped('there is no address to connect to');
    const probes = await probeAddresses(
      addresses,
      {
        port: target.port,
        keep: (address, stream) => context.streams.set(`connect:${address}:${target.port}`, stream),
        aliveSignal: hostIsAlive(context),
        repeat: true,
        thorough: context.options.thorough,
      },
      context,
    );
    return known(probes, 'connect()');
  },
};

/** The target's addresses in the order in which programs try them, bounded, of the family that was asked for. */
export function addressesToTry(facts: Facts, context: Context): string[] {
  const { family } = context.options;
  return [...new Set(addressesOfTarget(facts))]
    .filter((address) => family === 0 || familyOf(address) === family)
    .slice(0, mostAddresses);
}

/** What failed; while connections are still being opened, what may be failing. */
export function failedOrSilent(facts: Facts, context: Context): { readonly address: string; readonly port: number }[] {
  const { family } = context.options;
  const silent = stillOpening(facts).filter(({ address }) => family === 0 || familyOf(address) === family);
  const failed = failedProbes(facts).filter((probe) => !probe.first.synchronous);
  return [...failed, ...silent].map(({ address, port }) => ({ address, port }));
}

/** Other ports of a silent host are asked meanwhile: an answer of any kind shows that more silence will say nothing new. */
export async function hostIsAlive(context: Context): Promise<boolean> {
  await context.system.clock.sleep(1_000, context.signal);
  await context.settled('connect.ports');
  const controls = fact(context.latest(), 'connect.ports') ?? [];
  return controls.length > 0 && controls.every((control) => control.ports.some(answered));
}

async function unixProbe(path: string, context: Context): Promise<AddressProbe> {
  const result = await context.system.sockets.dialUnix(path, 2_000, context.signal).done;
  if (result.stream) context.streams.set(`connect:${path}:0`, result.stream);
  return { address: path, port: 0, first: tryOf(path, 0, result), repeats: [] };
}
