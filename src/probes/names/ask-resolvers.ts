import type { DirectNames, OverTcp, ResolverAnswer, ResolverControl } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { AskOptions } from '../dns/ask-options.js';
import type { Endpoint } from '../dns/datagram-exchange.js';
import { askResolver } from '../dns/exchange.js';
import { TYPE } from '../dns/registry.js';
import { askOverTcp } from './over-tcp.js';
import { resolverAnswer } from './resolver-answer.js';
import { queryId, type ResolverExchange, resolverExchange } from './resolver-exchange.js';

/**
 * Silence after which a question is sent again, and after which it is given up. Both tries stay open to the end, so
 * that a resolver that must search first has two seconds.
 */
const PATIENCE_MS = [600, 1400];
const THOROUGH_MS = [1000, 4000];
/** It has just answered: the next answer comes soon or not. */
const CONTROL_MS = [300, 500];
const TCP_MS = 1500;

type AddressType = ResolverAnswer['type'];

interface AskHow {
  readonly patienceMs?: readonly number[];
  /** Those that are silent are asked over TCP meanwhile. */
  readonly overTcp?: boolean;
}

interface Asked {
  readonly answers: ResolverAnswer[];
  readonly control: ResolverControl | null;
  readonly tcp: OverTcp | null;
}

/**
 * Asks each resolver, all at once, over UDP, again after silence, over TCP what was cut short. One that answers, and not
 * to the question, or keeps silent about it, is asked another one: "fails on this name" and "fails on everything" differ.
 */
export async function askResolvers(
  name: string,
  resolvers: readonly Endpoint[],
  { system, options, signal }: Pick<Context, 'system' | 'options' | 'signal'>,
  { patienceMs = PATIENCE_MS, overTcp = false }: AskHow = {},
): Promise<DirectNames> {
  const types: readonly AddressType[] = options.family === 0 ? ['A', 'AAAA'] : options.family === 4 ? ['A'] : ['AAAA'];
  const settings = {
    udpTimeoutsMs: options.thorough ? THOROUGH_MS : patienceMs,
    tcpTimeoutMs: TCP_MS,
    randomId: () => queryId(system),
    signal,
  };
  const askOne = async (server: Endpoint): Promise<Asked> => {
    const exchange = resolverExchange(system, options.interface);
    const answered = new AbortController();
    const udpAnswered = new AbortController();
    const silent = controlOfSilent(server, answered.signal);
    const tcp = overTcp ? tcpOfSilent(server, udpAnswered.signal) : Promise.resolve(null);
    const results = await askResolver(
      server,
      name,
      types.map((type) => TYPE[type]),
      exchange.io,
      settings,
    );
    const answers = results.flatMap((result, at) => resolverAnswer(result, types[at] ?? 'A', exchange) ?? []);
    if (!answers.some(({ failure, tries }) => failure?.code === 'timed-out' && tries > 1)) answered.abort();
    const unheard = answers.every(({ failure }) => failure?.code === 'timed-out');
    if (!unheard) udpAnswered.abort();
    const evasive = answers.some(isEvasive) && !answers.some(saysSomething);
    const control = evasive ? await controlOf(server, exchange, settings) : await silent;
    return { answers, control, tcp: unheard ? await tcp : null };
  };
  const tcpOfSilent = async (server: Endpoint, answered: AbortSignal): Promise<OverTcp | null> => {
    const over = AbortSignal.any([signal, answered]);
    const [first = 0, second = TCP_MS] = settings.udpTimeoutsMs;
    await system.clock.sleep(first, over);
    return over.aborted ? null : askOverTcp(server, name, second, { system, options, signal: over });
  };
  /** Asked while the question itself is silent still: who answers this one keeps silent about the name alone. */
  const controlOfSilent = async (server: Endpoint, answered: AbortSignal): Promise<ResolverControl | null> => {
    await system.clock.sleep(settings.udpTimeoutsMs[0] ?? 0, AbortSignal.any([signal, answered]));
    if (answered.aborted || signal.aborted) return null;
    const control = await controlOf(server, resolverExchange(system, options.interface), settings);
    // Of one that answers nothing, this tells nothing new.
    return control?.ok ? control : null;
  };
  const asked = await Promise.all(resolvers.map(askOne));
  const controls = asked.flatMap(({ control }) => control ?? []);
  const tcp = asked.flatMap((one) => one.tcp ?? []);
  return {
    name,
    answers: asked.flatMap(({ answers }) => answers),
    ...(controls.length > 0 && { controls }),
    ...(tcp.length > 0 && { overTcp: tcp }),
  };
}

function isEvasive({ failure }: ResolverAnswer): boolean {
  const code = failure?.code;
  return (
    code === 'server-failure' ||
    code === 'declined' ||
    code === 'malformed' ||
    code === 'mismatched' ||
    code === 'failed'
  );
}

function saysSomething({ failure }: ResolverAnswer): boolean {
  return failure === undefined || failure.code === 'nxdomain' || failure.code === 'no-data';
}

async function controlOf(
  server: Endpoint,
  exchange: ResolverExchange,
  settings: AskOptions,
): Promise<ResolverControl | null> {
  const [result] = await askResolver(server, '.', [TYPE.NS], exchange.io, { ...settings, udpTimeoutsMs: CONTROL_MS });
  const answer = result && resolverAnswer(result, 'A', exchange);
  if (!answer) return null;
  const { failure, rcode } = answer;
  const ok = failure === undefined || failure.code === 'no-data' || failure.code === 'nxdomain';
  return {
    resolver: server.address,
    port: server.port,
    ok,
    ...(failure && !ok && { failure }),
    ...(rcode !== undefined && { rcode }),
  };
}
