import type { ReferenceTry } from '../../../model/facts.js';
import type { Gatherer } from '../../../model/gatherer.js';
import { fact } from '../../../model/facts.js';
import { known, skipped } from '../../../model/observed.js';

const silenceMs = 1_050;

/**
 * The target's port on hosts of the references that answered on their own port just now. A refusal is an answer: the port
 * gets through. Silence alone says little, since many hosts are silent on a port that they do not serve.
 */
export const referencePorts: Gatherer<'references.port'> = {
  fact: 'references.port',
  needs: ['references'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  async gather({ target, ...facts }, { system, options, signal, remaining }) {
    const hosts = (fact({ target, ...facts }, 'references') ?? []).filter(
      (one) => one.ok && one.address !== null && one.kind !== 'gateway',
    );
    const addresses = [...new Map(hosts.map((one) => [one.address ?? '', one.name])).entries()].slice(0, 3);
    if (addresses.length === 0) return skipped('no reference answers at all');
    const tries = addresses.map(async ([address, name]): Promise<ReferenceTry> => {
      const timeoutMs = Math.max(50, Math.min(silenceMs, remaining() - 100));
      const result = await system.sockets.dial(
        { address, port: target.port, timeoutMs, interface: options.interface },
        signal,
      ).done;
      result.stream?.destroy();
      const answered =
        !result.failure || (result.failure.code === 'refused' && (result.failure.from ?? address) === address);
      return {
        kind: 'host',
        name,
        address,
        port: target.port,
        ok: answered,
        ...(result.failure ? { failure: result.failure } : {}),
        ms: result.ms,
      };
    });
    return known(await Promise.all(tries), 'connect()');
  },
};
