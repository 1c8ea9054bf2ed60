/** What a gatherer is given in tests. */
import { fakeSystem, type FakeSystem, type Script } from '../../../test/fake-system.js';
import type { FactKey, Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { defaultOptions, type Options } from '../../model/settings.js';

export function facts(host: string, more: Partial<Facts> = {}): Facts {
  const parsed = parseTarget(`https://${host}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  return { target: parsed.target, ...more };
}

export function known<T>(value: T): Observed<T> {
  return { state: 'known', value, at: 0, ms: 0, source: 'test' };
}

export function configOf(...resolvers: string[]): Partial<Facts> {
  const file = { path: '/etc/resolv.conf', exists: true, link: null };
  return {
    'name.config': known({
      resolvers: resolvers.map((address, at) => ({ address, port: 53, location: `/etc/resolv.conf:${at + 1}` })),
      search: [],
      file,
      order: ['files', 'dns'],
    }),
  };
}

export function contextOf(
  system: FakeSystem,
  options: Partial<Options> = {},
  latest: () => Facts = () => facts('shop.example'),
): Context {
  return {
    system,
    options: { ...defaultOptions, ...options },
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest,
  };
}

export async function run<K extends FactKey>(
  gatherer: Gatherer<K>,
  of: Facts,
  script: Script,
  options: Partial<Options> = {},
) {
  return gatherer.gather(of, contextOf(fakeSystem(script), options));
}
