import { scopeOf } from '../../model/address.js';
import { fact, type OverTcp, type ResolverAnswer, type SystemNames } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { failed, known, skipped } from '../../model/observed.js';
import { needsOwnName } from '../../model/proxied.js';
import type { Failure } from '../../model/failure.js';
import type { LookupResult } from '../../model/system.js';

/** No more of a name's addresses become facts; far fewer are tried. */
const MAX_ADDRESSES = 64;
/** How often it is looked whether the resolvers' own word is there. */
const LOOK_MS = 100;
/** Silence after which the system is asked once more, where a resolver answers. */
const AGAIN_MS = 2_500;
/** A resolver that must search first may take that long. */
const SLOW_MS = 3_300;
/** One that is there is waited for as long as programs do (5 s, resolv.conf(5), timeout), and a little. */
const SLOWEST_MS = 5_300;
/** getaddrinfo asks again, or the next one, after that much silence (resolv.conf(5), timeout). */
const STEP_MS = 5_000;

/** What getaddrinfo gives to any program of this device: files, DNS, mDNS, whatever nsswitch.conf says. */
export const systemNames: Gatherer<'name.system'> = {
  fact: 'name.system',
  needs: ['proxy.choice'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: ({ target, ...facts }) => {
    if (target.literal !== 0) return 'the target is an address';
    if (target.host === '') return 'the target has no host name';
    return needsOwnName({ target, ...facts }) ? null : 'the proxy looks the name up';
  },
  async gather({ target }, context) {
    const asked = await ask(target.host, context);
    const { addresses, failure } = asked.result;
    if (failure) {
      const again = asked.givenUp === undefined ? await onceMore(target.host, failure, context) : null;
      if (again) return known(again, 'getaddrinfo');
      return failed({ ...failure, raw: asked.givenUp ?? failure.raw }, 'getaddrinfo');
    }
    if (addresses.length === 0) return skipped('getaddrinfo gave neither an address nor an error');
    // 0.0.0.0 and :: lead programs to this very device, or nowhere: whoever gave them gave no address.
    if (addresses.every((address) => scopeOf(address) === 'unspecified')) {
      return failed(
        { operation: 'resolve', code: 'useless-address', raw: addresses.slice(0, 4).join(' ') },
        'getaddrinfo',
      );
    }
    const { silentMs, unanswered } = asked;
    return known(
      {
        addresses: addresses.slice(0, MAX_ADDRESSES),
        ...(silentMs !== undefined && { silentMs }),
        ...(unanswered && { unanswered }),
      },
      'getaddrinfo',
    );
  },
};

/** It calls its own failure one for a moment (EAI_AGAIN): where a resolver, asked directly, gives addresses by now, so may it. */
async function onceMore(
  host: string,
  failure: Failure<'resolve'>,
  { system, options, signal, latest, wanted }: Context,
): Promise<SystemNames | null> {
  if (failure.code !== 'temporary-failure') return null;
  await wanted?.('name.direct');
  const direct = fact(latest(), 'name.direct')?.answers ?? [];
  if (!direct.some(({ addresses }) => addresses.some((address) => scopeOf(address) !== 'unspecified'))) return null;
  const done = new AbortController();
  const bound = new AbortController();
  void system.clock.sleep(AGAIN_MS, AbortSignal.any([signal, done.signal])).then(() => bound.abort());
  const { addresses, failure: second } = await system.lookup(
    host,
    options.family,
    AbortSignal.any([signal, bound.signal]),
  );
  done.abort();
  if (second || !addresses.some((address) => scopeOf(address) !== 'unspecified')) return null;
  return { addresses: addresses.slice(0, MAX_ADDRESSES), failedFirst: failure };
}

interface Asked {
  readonly result: LookupResult;
  /** The first question was silent for that long when another one was answered. */
  readonly silentMs?: number;
  readonly unanswered?: SystemNames['unanswered'];
  readonly givenUp?: string;
}

/**
 * A question that got lost keeps getaddrinfo silent for five seconds, a second one for fifteen. Where a resolver, asked
 * directly, has answered meanwhile, the system is asked once more; and no longer waited for than one such loss takes.
 */
async function ask(host: string, context: Context): Promise<Asked> {
  const { system, options, signal } = context;
  const begun = system.clock.now();
  const done = new AbortController();
  const giveUp = new AbortController();
  const over = AbortSignal.any([signal, done.signal]);
  const lookup = (family = options.family): Promise<LookupResult> =>
    system.lookup(host, family, AbortSignal.any([signal, giveUp.signal]));
  let givenUp: string | undefined;
  let wait: ReturnType<NonNullable<Context['nameless']>> | undefined;
  const end = (why: string): void => {
    if (over.aborted) return;
    givenUp = why;
    giveUp.abort();
  };
  const first = lookup();
  const second = watchResolvers(context, over).then(
    async (silent): Promise<Pick<Asked, 'result' | 'unanswered'> | null> => {
      if (silent === null) return null;
      if (silent === 'all' || 'silent' in silent) {
        const waited = (): number => system.clock.now() - begun;
        if (silent !== 'all') {
          wait = context.nameless?.();
          await system.clock.sleep(Math.max(0, SLOW_MS - waited()), over);
          if (await mayBeSlow(silent.silent, context))
            await system.clock.sleep(Math.max(0, SLOWEST_MS - waited()), over);
        }
        end('given up: no resolver gives an answer');
        return null;
      }
      const passed = (): number => system.clock.now() - begun;
      const { before, unanswered } = silent;
      const most = Math.min(AGAIN_MS + STEP_MS * (before + 1), passed() + context.remaining() / 2);
      void system.clock
        .sleep(Math.max(0, most - passed()), over)
        .then(() => end('given up: a resolver answers, and getaddrinfo does not'));
      await system.clock.sleep(Math.max(0, Math.min(AGAIN_MS, most / 2) - passed()), over);
      if (over.aborted) return null;
      const result = await lookup(unanswered === undefined ? options.family : unanswered.family === 6 ? 4 : 6);
      return { result, ...(unanswered && { unanswered }) };
    },
  );
  const ofFirst = first.then((result): Asked => ({ result }));
  // A second "no" is no reason not to wait for the first answer.
  const ofSecond = second.then((found): Asked | Promise<Asked> => {
    if (!found || found.result.failure) return ofFirst;
    // Nothing got lost where the very same is kept silent about each time.
    return found.unanswered ? found : { ...found, silentMs: Math.round(system.clock.now() - begun) };
  });
  const asked = await Promise.race([ofFirst, ofSecond]);
  done.abort();
  wait?.end(asked.result.failure !== undefined);
  return { ...asked, ...(givenUp !== undefined && { givenUp }) };
}

/**
 * Whether one of them runs, as a connection over TCP shows, and may only be slow over UDP. One that answers over TCP at once
 * and nothing over UDP, however often it is asked, is not slow; where some answers come, packets got lost.
 */
async function mayBeSlow(silent: readonly string[], { settled, latest }: Context): Promise<boolean> {
  const overTcp = fact(latest(), 'name.direct')?.overTcp ?? [];
  const slow = ({ opened, answered }: OverTcp): boolean => opened && !answered;
  // One that is silent about one kind of address alone was not asked over TCP, and is there.
  const asked = silent.map((address) => overTcp.find(({ resolver }) => resolver === address));
  if (asked.some((one) => one === undefined || slow(one))) return true;
  if (!overTcp.some(({ answered }) => answered)) return false;
  await settled('name.series');
  return (fact(latest(), 'name.series') ?? []).some(({ answered }) => answered > 0);
}

/**
 * Once the resolvers were asked directly: `all` where each has sent nothing of use and `silent` where some kept silent
 * (getaddrinfo then says the same, ten seconds or more later: 5 s, twice, for each resolver), else how many before the first that answers, and
 * about which kind of address that one keeps silent. Null where it does not matter.
 */
async function watchResolvers(
  { system, options, latest }: Context,
  signal: AbortSignal,
): Promise<
  | 'all'
  | { readonly silent: readonly string[] }
  | { readonly before: number; readonly unanswered?: SystemNames['unanswered'] }
  | null
> {
  if (options.thorough) return null;
  while (!signal.aborted) {
    const direct = latest()['name.direct'];
    if (direct) {
      const answers = fact(latest(), 'name.direct')?.answers ?? [];
      if (answers.length === 0) return null;
      const resolvers = [...new Set(answers.map(({ resolver }) => resolver))];
      const answering = resolvers.findIndex(
        (resolver) => !givesNothing(answers.filter((answer) => answer.resolver === resolver)),
      );
      const resolver = resolvers[answering];
      if (resolver === undefined) {
        const silent = answers.flatMap((one) => (one.failure?.code === 'timed-out' ? one.resolver : []));
        return silent.length > 0 ? { silent: [...new Set(silent)] } : 'all';
      }
      const unanswered = silentAbout(
        resolver,
        answers.filter((answer) => answer.resolver === resolver),
      );
      return { before: answering, ...(unanswered && { unanswered }) };
    }
    await system.clock.sleep(LOOK_MS, signal);
  }
  return null;
}

/** Asked twice for each kind of address, it gave one kind and kept silent about the other (glibc 2.36: 15 s until it goes on). */
function silentAbout(resolver: string, answers: readonly ResolverAnswer[]): SystemNames['unanswered'] {
  const silent = answers.find(({ failure, tries }) => failure?.code === 'timed-out' && tries > 1);
  const given = answers.some(({ failure, addresses }) => failure === undefined && addresses.length > 0);
  return silent && given ? { resolver, family: silent.type === 'AAAA' ? 6 : 4 } : undefined;
}

/** Silence, or silence about one kind of address and a "no" about the other kind: programs wait in vain. */
function givesNothing(answers: readonly ResolverAnswer[]): boolean {
  const silent = answers.filter((answer) => isUnheard(answer));
  const half = silent.some(({ tries }) => tries > 1) && answers.every((one) => one.failure?.code === 'no-data' || isUnheard(one)); // prettier-ignore
  return silent.length === answers.length || half;
}

function isUnheard({ failure }: ResolverAnswer): boolean {
  return failure?.operation === 'exchange' && unheard.has(failure.code);
}

/** Nothing came back that getaddrinfo would take for an answer: it waits on (after a SERVFAIL it does not). */
const unheard: ReadonlySet<string> = new Set([
  'timed-out',
  'refused',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
  'malformed',
  'mismatched',
]);
