import { describe, expect, it } from 'vitest';
import type { AnswerHead } from '../../model/links.js';
import { factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { oddHeads } from './reset-heads.js';

const ADDRESS = '198.51.100.10';
const genuine = { port: 443, ttl: 61, whole: true, window: 64, optionBytes: 12 } as const;
const accepts: Omit<AnswerHead, 'localPort'> = { ...genuine, kind: 'accepts', id: 0, window: 65_160, optionBytes: 20 };
const other = (id: number | null): Omit<AnswerHead, 'localPort'> => ({ ...genuine, kind: 'other', id });
const reset = (more: Partial<AnswerHead> = {}): Omit<AnswerHead, 'localPort'> => ({
  ...genuine,
  kind: 'reset',
  id: 0,
  window: 0,
  optionBytes: 0,
  ...more,
});

function says(...all: readonly (readonly Omit<AnswerHead, 'localPort'>[])[]): string | null {
  const heads = all.flatMap((connection, i) => connection.map((one) => ({ ...one, localPort: 40_000 + i })));
  const facts = factsOf('https://shop.example/', {
    interference: { layer: 'tls', hop: 0, host: 'shop.example', address: ADDRESS, port: 443, trials: [], heads },
  });
  const attempt = {
    ...failedConnect('connect/refused', ADDRESS),
    stage: 'tls' as const,
    outcome: failure('tls/reset'),
  };
  return oddHeads(attempt, { facts, attempts: [attempt] })?.says ?? null;
}

const twice = (...connection: Omit<AnswerHead, 'localPort'>[]) => says(connection, connection);

describe('the headers of a reset', () => {
  it('show another sender by the hop limit, when it is another one each time', () => {
    expect(twice(accepts, reset({ ttl: 62 }))).toMatch(/hop limit of 62.* with 61/);
    expect(says([accepts, reset({ ttl: 62 })])).toBeNull();
    expect(says([accepts, reset({ ttl: 62 })], [accepts, reset()])).toBeNull();
  });

  it('tell nothing where the other packets of the connection differ as well', () => {
    expect(twice(accepts, { ...other(7), ttl: 60 }, reset({ ttl: 62 }))).toBeNull();
  });

  it('show another sender by a number out of the row', () => {
    expect(twice(accepts, other(30_035), other(30_036), reset({ id: 242 }))).toMatch(/IP id/);
    expect(twice(accepts, other(65_535), other(1), reset({ id: 242 }))).toMatch(/IP id/);
    expect(twice(accepts, other(0), other(0), reset({ id: 242 }))).toMatch(/IP id/);
  });

  it.each([
    ['goes on with the row', [other(30_035), other(30_036), reset({ id: 30_037 })]],
    ['goes on with it over the end', [other(65_534), other(65_535), reset({ id: 2 })]],
    ['has no number, as of a kernel without that connection', [other(30_035), other(30_036), reset()]],
    ['is one of numbers by chance', [other(9), other(40_000), reset({ id: 20_000 })]],
    ['has nothing to compare with but the first packet', [reset({ id: 20_000 })]],
    ['is of IPv6', [other(null), other(null), reset({ id: null, whole: null })]],
  ])('tell nothing when its number %s', (_, rest) => {
    expect(twice(accepts, ...rest)).toBeNull();
  });

  it('show another sender by a packet that may be split', () => {
    expect(twice(accepts, reset({ whole: false }))).toMatch(/split/);
    expect(twice({ ...accepts, whole: false }, reset({ whole: false }))).toBeNull();
  });

  it('are not those of other ports, nor of resets alone', () => {
    expect(twice({ ...accepts, port: 80 }, reset({ ttl: 62 }))).toBeNull();
    expect(twice(reset({ ttl: 62 }), reset({ ttl: 61 }))).toBeNull();
  });
});
