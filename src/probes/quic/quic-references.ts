import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { FactValues } from '../../model/facts.js';
import { quicAt } from './quic-try.js';

const lookupMs = 800;
const answerMs = 800;
const most = 3;

/** Hosts that have nothing to do with the target, asked the same: an answer shows that QUIC passes. Silence shows nothing. */
export const quicReferences: Gatherer<'quic.references'> = {
  fact: 'quic.references',
  needs: ['quic'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  when: (facts) => (fact(facts, 'quic')?.some((one) => one.failure) ? null : 'nothing of QUIC has failed'),
  async gather(_facts, context) {
    const hosts = context.options.settings.references.hosts.slice(0, most);
    const tries = await Promise.all(hosts.map((one) => ask(one, context)));
    return known(
      tries.filter((one) => one !== null),
      'QUIC version negotiation',
    );
  },
};

async function ask(place: string, context: Context): Promise<FactValues['quic.references'][number] | null> {
  const [, host = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
  const { system, options, signal } = context;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(lookupMs)]);
  const address = familyOf(host) === 0 ? (await system.lookup(host, options.family, limit)).addresses[0] : host;
  return address === undefined
    ? null
    : { name: place, ...(await quicAt(address, Number(port), answerMs, true, context)) };
}
