import type { ReferenceTry } from '../../../model/facts.js';
import type { Gatherer } from '../../../model/gatherer.js';
import { fact } from '../../../model/facts.js';
import { known, skipped } from '../../../model/observed.js';

const silenceMs = 1_050;

/** discard and daytime (RFC 863, 867): nobody serves them any more, so that a frank host refuses them. */
const closedPorts = [9, 13];

/**
 * The target's port on hosts of the references that answered on their own port just now, and as a control a port that
 * they surely do not serve. A refusal is an answer: the port gets through. Silence says something only of a host that
 * refuses the control: many are silent on whatever they do not serve.
 */
export const referencePorts: Gatherer<'references.port'> = {
  fact: 'references.port',
  needs: ['references'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  // A port that stays silent so long is asked of others too: it takes a second, and every silence asks for it.
  hedge: { fact: 'connect', afterMs: 1_400 },
  async gather({ target, ...facts }, { system, options, signal, remaining }) {
    const hosts = (fact({ target, ...facts }, 'references') ?? []).filter(
      (one) => one.ok && one.address !== null && one.kind !== 'gateway',
    );
    const addresses = [...new Map(hosts.map((one) => [one.address ?? '', one.name])).entries()].slice(0, 3);
    if (addresses.length === 0) return skipped('no reference answers at all');
    const ports = [target.port, ...closedPorts.filter((one) => one !== target.port).slice(0, 1)];
    const pairs = addresses.flatMap(([address, name]) => ports.map((port) => ({ address, name, port })));
    const tries = pairs.map(async ({ address, name, port }): Promise<ReferenceTry> => {
      const timeoutMs = Math.max(50, Math.min(silenceMs, remaining() - 100));
      const result = await system.sockets.dial(
        { address, port, timeoutMs, discard: true, interface: options.interface },
        signal,
      ).done;
      result.stream?.destroy();
      const answered =
        !result.failure || (result.failure.code === 'refused' && (result.failure.from ?? address) === address);
      return {
        kind: 'host',
        name,
        address,
        port,
        ok: answered,
        ...(result.failure ? { failure: result.failure } : {}),
        ms: result.ms,
      };
    });
    return known(await Promise.all(tries), 'connect()');
  },
};
