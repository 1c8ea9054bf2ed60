import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { facts } from '../names/context.fixture.js';
import { openSystem } from '../../system/open-system.js';
import { defaultOptions } from '../../model/settings.js';
import { virusTotal } from './look-up.js';

const key = 'k'.repeat(30) + '0123456789abcdef';
const sha256 = 'a'.repeat(64);
let close = (): void => undefined;
afterEach(() => close());

interface Asked {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** A stand-in for the service on this machine. */
async function standIn(answer: (response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    answer(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  close = () => (server.closeAllConnections(), void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { service: `http://127.0.0.1:${address.port}`, asked };
}

async function ask(service: string, leftMs = 10_000) {
  const system = await openSystem();
  const context = {
    system: { ...system, environment: () => undefined },
    options: defaultOptions,
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => leftMs,
    settled: () => Promise.resolve(),
    latest: () => facts('shop.example'),
  };
  return virusTotal(sha256, { service, key }, context);
}

const clean = JSON.stringify({
  data: { attributes: { last_analysis_stats: { malicious: 0, suspicious: 0, undetected: 70 } } },
});

describe('a look-up at VirusTotal', () => {
  it('sends the hash and the key, and nothing else of the file', async () => {
    const { service, asked } = await standIn((response) => response.end(clean));
    expect(await ask(service)).toMatchObject({ scanner: 'VirusTotal', says: 'clean', speaksFor: true });
    expect(asked).toMatchObject([{ url: `/api/v3/files/${sha256}`, headers: { 'x-apikey': key } }]);
  });

  it('understands an answer in pieces of more than 64 KiB', async () => {
    const much = JSON.stringify({ data: { attributes: { filler: 'x'.repeat(300_000), ...attributesOf(clean) } } });
    const { service } = await standIn((response) => {
      response.write(much.slice(0, 100_000));
      response.end(much.slice(100_000));
    });
    expect(await ask(service)).toMatchObject({ says: 'clean' });
  });

  it('never repeats the key, though the server does', async () => {
    const results = { [`Engine`]: { category: 'malicious', result: `found ${key}` } };
    const stats = { malicious: 1, suspicious: 0, undetected: 60 };
    const body = JSON.stringify({
      data: { attributes: { last_analysis_stats: stats, last_analysis_results: results } },
    });
    const { service } = await standIn((response) => response.end(body));
    const opinion = await ask(service);
    expect(opinion.says).toBe('divided');
    expect(JSON.stringify(opinion)).not.toContain(key);
  });

  it('follows no redirect with the key', async () => {
    const other = await standIn((response) => response.end(clean));
    const closeOther = close;
    const { service } = await standIn((response) => {
      response.writeHead(302, { location: `${other.service}/api/v3/files/${sha256}` });
      response.end();
    });
    expect(await ask(service)).toMatchObject({ says: 'no-answer', words: 'it answers with status 302' });
    expect(other.asked).toEqual([]);
    closeOther();
  });

  it.each([
    ['an answer that never comes', () => undefined, /in time/],
    [
      'half of one',
      (response: ServerResponse) => void response.writeHead(200, { 'content-length': 9_999 }).write(clean),
      /not understood/,
    ],
    ['a hang-up', (response: ServerResponse) => void response.destroy(), /no answer/],
  ])('has no answer of %s', async (_, answer, words) => {
    const { service } = await standIn(answer);
    expect(await ask(service, 600)).toMatchObject({ says: 'no-answer', words: expect.stringMatching(words) as string });
  });

  it('says so where nobody is', async () => {
    const { service } = await standIn(() => undefined);
    close();
    expect(await ask(service)).toMatchObject({ says: 'no-answer', words: 'it is not reached' });
  });
});

function attributesOf(body: string): object {
  const { data } = JSON.parse(body) as { readonly data: { readonly attributes: object } };
  return data.attributes;
}
