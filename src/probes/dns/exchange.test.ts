import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DatagramExchange, Endpoint, ExchangeOutcome } from './datagram-exchange.js';
import { askResolver } from './exchange.js';
import { a, FLAG, type HandMade, handMade, opt, soa, u16 } from './hand-made-messages.js';
import { decodeMessage, type Message } from './message.js';
import type { QueryResult } from './query-result.js';
import { TYPE } from './registry.js';

const server: Endpoint = { address: '192.0.2.53', port: 53 };
const name = 'www.example.net';
const fast = { udpTimeoutsMs: [40, 60], settleMs: 10, tcpTimeoutMs: 60 };

// The fake network's clock: what comes first is no matter of how busy the machine is.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Heard {
  query: Message;
  transport: 'udp' | 'tcp';
  /** Counts queries of one transport from 0. */
  number: number;
}

/** A datagram or outcome of the fake network, `after` milliseconds. */
type Event = { after?: number; from?: Endpoint; bytes: Uint8Array } | { after?: number; fail: string; icmp?: boolean };

interface Fake extends DatagramExchange {
  heard: Heard[];
  aborted: number;
}

/** A network in which `answer` says what comes back; like a socket, it goes on listening until something is accepted. */
function network(answer: (heard: Heard) => readonly Event[], supportsAccept = true): Fake {
  const heard: Heard[] = [];
  const counts = { udp: 0, tcp: 0 };
  const exchange =
    (transport: 'udp' | 'tcp'): DatagramExchange['udp'] =>
    (to, payload, timeoutMs, signal, accept) => {
      const result = decodeMessage(payload);
      if (!result.ok) throw new Error('the query cannot be read');
      const one = { query: result.message, transport, number: counts[transport]++ };
      heard.push(one);
      const events = answer(one);
      return new Promise<ExchangeOutcome>((resolve) => {
        const timers = events.map((event) => {
          const ms = event.after ?? 0;
          return setTimeout(() => {
            if ('fail' in event) {
              const icmp = event.icmp ? { icmp: { type: 3, code: 3, from: to.address } } : {};
              resolve({ outcome: 'failed', code: event.fail, ms, ...icmp });
              return;
            }
            const reply = { outcome: 'reply', from: event.from ?? to, bytes: event.bytes, ms } as const;
            if (!supportsAccept || !accept || accept(reply)) resolve(reply);
          }, ms);
        });
        timers.push(setTimeout(() => resolve({ outcome: 'timed-out', ms: timeoutMs }), timeoutMs));
        signal.addEventListener('abort', () => {
          fake.aborted++;
          for (const timer of timers) clearTimeout(timer);
          resolve({ outcome: 'timed-out', ms: 0 });
        });
      });
    };
  const fake: Fake = { heard, aborted: 0, udp: exchange('udp'), tcp: exchange('tcp') };
  return fake;
}

function reply({ query }: Heard, message: HandMade): Uint8Array {
  const [question] = query.questions;
  return handMade({
    id: query.id,
    question: question ? { name: question.name, type: question.type } : null,
    ...message,
  });
}

const good = (heard: Heard): Uint8Array => reply(heard, { answers: [a(name, '192.0.2.1')], additionals: [opt()] });

/** The answers, with the clock turned on for as long as there is something to wait for. */
async function asked(...question: Parameters<typeof askResolver>): Promise<QueryResult[]> {
  const [results] = await Promise.all([askResolver(...question), vi.runAllTimersAsync()]);
  return results;
}

async function ask(io: DatagramExchange, options = {}): Promise<QueryResult> {
  const [result] = await asked(server, name, [TYPE.A], io, { ...fast, ...options });
  if (!result) throw new Error('no result');
  return result;
}

describe('a resolver that answers', () => {
  test('gives what it said, who said it and when', async () => {
    const io = network((heard) => [{ after: 2, bytes: good(heard) }]);
    const result = await ask(io);
    expect(result).toMatchObject({
      kind: 'answer',
      server,
      from: server,
      name,
      type: 'A',
      transport: 'udp',
      ms: 2,
      rcode: 0,
      rcodeName: 'NOERROR',
      flags: { ra: true },
      ede: [],
      addresses: ['192.0.2.1'],
      answerCount: 1,
      tries: [{ transport: 'udp', edns: true, ms: 2, outcome: 'replied', kind: 'answer', failure: null }],
      strays: { wrongId: 0, wrongQuestion: 0, wrongSource: 0, malformed: 0, unread: 0, from: [] },
      others: [],
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(io.heard).toHaveLength(1);
    expect(io.heard[0]?.query).toMatchObject({
      response: false,
      flags: { rd: true, cd: false },
      edns: { payloadSize: 1232 },
    });
  });

  test('is asked for all types at once, each once, with ids of their own', async () => {
    let open = 0;
    let most = 0;
    const io = network((heard) => {
      most = Math.max(most, ++open);
      setTimeout(() => open--, 10);
      return [
        {
          after: 10,
          bytes: heard.query.questions[0]?.type === TYPE.A ? good(heard) : reply(heard, { authorities: [soa('net')] }),
        },
      ];
    });
    let id = 100;
    const types = [TYPE.A, TYPE.AAAA, TYPE.HTTPS, TYPE.A];
    const results = await asked(server, name, types, io, { ...fast, randomId: () => id++ });
    expect(results.map(({ type, kind }) => [type, kind])).toEqual([
      ['A', 'answer'],
      ['AAAA', 'nodata'],
      ['HTTPS', 'nodata'],
    ]);
    expect(most).toBe(3);
    expect(io.heard.map(({ query }) => query.id)).toEqual([100, 101, 102]);
  });

  test('with very much is kept in bounds', async () => {
    const answers = Array.from({ length: 100 }, (_, at) => a(name, `192.0.2.${at}`));
    const result = await ask(network((heard) => [{ bytes: reply(heard, { answers }) }]));
    expect(result.answers).toHaveLength(32);
    expect(result.answerCount).toBe(100);
    expect(result).toMatchObject({ kind: 'answer', addresses: { length: 32 } });
  });

  test('draws ids at random by itself', async () => {
    const io = network((heard) => [{ bytes: good(heard) }]);
    for (let round = 0; round < 8; round++) await ask(io);
    expect(new Set(io.heard.map(({ query }) => query.id)).size).toBeGreaterThan(4);
  });
});

describe('silence', () => {
  test('is asked again, the last time without EDNS, and then given up', async () => {
    const io = network(() => []);
    const result = await ask(io);
    expect(result).toMatchObject({ kind: 'timed-out', ms: null, from: null });
    expect(result.tries).toMatchObject([
      { edns: true, outcome: 'timed-out' },
      { edns: false, outcome: 'timed-out' },
    ]);
    expect(result.elapsedMs).toBeGreaterThan(95);
    expect(result.elapsedMs).toBeLessThan(2000);
  });

  test('of the first try ends with the second', async () => {
    const result = await ask(network((heard) => (heard.number === 0 ? [] : [{ after: 1, bytes: good(heard) }])));
    expect(result).toMatchObject({ kind: 'answer', ms: 1 });
    expect(result.tries).toMatchObject([
      { outcome: 'abandoned', ms: null },
      { outcome: 'replied', edns: false },
    ]);
  });

  test('a late answer to the first try still counts', async () => {
    const result = await ask(network((heard) => (heard.number === 0 ? [{ after: 60, bytes: good(heard) }] : [])));
    expect(result).toMatchObject({ kind: 'answer', ms: 60, tries: [{ outcome: 'replied' }, { outcome: 'abandoned' }] });
  });

  test('of an exchange that never ends is ended', async () => {
    const io: DatagramExchange = { udp: () => new Promise(() => {}), tcp: () => new Promise(() => {}) };
    expect(await ask(io, { udpTimeoutsMs: [5] })).toMatchObject({ kind: 'timed-out' });
    expect(await ask(io, { transport: 'tcp', tcpTimeoutMs: 5 })).toMatchObject({ kind: 'timed-out', transport: 'tcp' });
  });
});

describe('a failure of the network', () => {
  test('is data, at once', async () => {
    const result = await ask(network(() => [{ after: 1, fail: 'ECONNREFUSED', icmp: true }]));
    const failure = { code: 'ECONNREFUSED', icmp: { type: 3, code: 3, from: '192.0.2.53' } };
    expect(result).toMatchObject({ kind: 'failed', failure, ms: 1, tries: [{ outcome: 'failed', failure }] });
  });

  test('that is thrown is data too; a bug is not', async () => {
    const thrown = (error: Error): DatagramExchange => {
      const fail = async (): Promise<ExchangeOutcome> => {
        throw error;
      };
      return { udp: fail, tcp: fail };
    };
    const system = Object.assign(new Error('send EPERM'), { code: 'EPERM' });
    expect(await ask(thrown(system))).toMatchObject({ kind: 'failed', failure: { code: 'EPERM', icmp: null } });
    expect(await ask(thrown(system), { transport: 'tcp' })).toMatchObject({ kind: 'failed', transport: 'tcp' });
    await expect(ask(thrown(new TypeError('a bug')))).rejects.toThrow('a bug');
  });

  test('does not undo a good answer', async () => {
    const io = network((heard) => [{ bytes: good(heard) }, { after: 5, fail: 'ECONNREFUSED' }]);
    expect(await ask(io, { lingerMs: 15 })).toMatchObject({ kind: 'answer', others: [] });
  });
});

describe('replies of others', () => {
  const elsewhere = { address: '203.0.113.66', port: 53 };

  test('with a wrong id are counted, and the real one is waited for', async () => {
    const io = network((heard) => [
      { bytes: reply(heard, { id: heard.query.id ^ 1, answers: [a(name, '203.0.113.66')] }) },
      { after: 3, bytes: good(heard) },
    ]);
    expect(await ask(io)).toMatchObject({
      kind: 'answer',
      addresses: ['192.0.2.1'],
      strays: { wrongId: 1, from: [server] },
    });
  });

  test('from elsewhere are counted by sender and not believed', async () => {
    const io = network((heard) => [
      { from: elsewhere, bytes: good(heard) },
      { from: { ...server, port: 5353 }, bytes: good(heard) },
    ]);
    expect(await ask(io)).toMatchObject({
      kind: 'wrong-source',
      from: null,
      strays: { wrongSource: 4, from: [elsewhere, { ...server, port: 5353 }] },
    });
  });

  test('a resolver that answers for another name is told as such, soon', async () => {
    const io = network((heard) => [{ bytes: reply(heard, { question: { name: 'other.example', type: TYPE.A } }) }]);
    const result = await ask(io, { udpTimeoutsMs: [2000, 2000] });
    expect(result).toMatchObject({
      kind: 'wrong-question',
      questions: [{ name: 'other.example' }],
      from: server,
      strays: { wrongQuestion: 1 },
    });
    expect(result.tries).toHaveLength(1);
    expect(result.elapsedMs).toBeLessThan(1000);
  });

  test('only wrong ids until the end', async () => {
    const io = network((heard) => [{ bytes: reply(heard, { id: heard.query.id ^ 1 }) }]);
    expect(await ask(io)).toMatchObject({ kind: 'wrong-id', strays: { wrongId: 2 } });
  });

  test('garbage is malformed, after one more try without EDNS', async () => {
    const io = network((heard) => [
      { bytes: Uint8Array.from([...u16(heard.query.id), 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, 0xc0, 0x0c]) },
    ]);
    const result = await ask(io);
    expect(result).toMatchObject({
      kind: 'malformed',
      error: { problem: 'pointer-not-backwards' },
      strays: { malformed: 2 },
    });
    expect(result.tries).toMatchObject([{ edns: true }, { edns: false }]);
  });

  test('a flood is read only so far', async () => {
    const flood = Array.from({ length: 400 }, () => ({ from: elsewhere, bytes: new Uint8Array(3) }));
    const result = await ask(network((heard) => (heard.number === 0 ? flood : [])));
    expect(result).toMatchObject({
      kind: 'wrong-source',
      strays: { wrongSource: 256, unread: 144, from: [elsewhere] },
    });
  });

  test('a second answer behind the first is heard when asked for', async () => {
    const forged = (heard: Heard): Uint8Array => reply(heard, { answers: [a(name, '203.0.113.66')] });
    const io = (): Fake => network((heard) => [{ bytes: forged(heard) }, { after: 5, bytes: good(heard) }]);
    expect(await ask(io())).toMatchObject({ kind: 'answer', addresses: ['203.0.113.66'], others: [] });
    expect(await ask(io(), { lingerMs: 20 })).toMatchObject({
      kind: 'answer',
      addresses: ['203.0.113.66'],
      others: [{ from: server, ms: 5, try: 0, kind: 'answer', addresses: ['192.0.2.1'] }],
      tries: [{ outcome: 'replied', ms: 0 }],
    });
  });

  test('an exchange that takes the first datagram for the reply still does not fool it', async () => {
    const wrong = (heard: Heard): Uint8Array => reply(heard, { id: heard.query.id ^ 1 });
    const io = network((heard) => [{ bytes: heard.number === 0 ? wrong(heard) : good(heard) }], false);
    expect(await ask(io)).toMatchObject({ kind: 'answer', strays: { wrongId: 1 }, tries: { length: 2 } });
  });
});

describe('a truncated answer', () => {
  const truncated = (heard: Heard): Uint8Array => reply(heard, { flags: FLAG.response | FLAG.tc | FLAG.ra });

  test('is asked for over TCP', async () => {
    const io = network((heard) => [{ after: 1, bytes: heard.transport === 'udp' ? truncated(heard) : good(heard) }]);
    const result = await ask(io);
    expect(result).toMatchObject({ kind: 'answer', transport: 'tcp', from: server, addresses: ['192.0.2.1'] });
    expect(result.tries).toMatchObject([
      { transport: 'udp', outcome: 'replied', kind: 'truncated' },
      { transport: 'tcp', outcome: 'replied', kind: 'answer' },
    ]);
  });

  test('stays truncated when TCP fails, is silent or says nonsense', async () => {
    const end = (event: (heard: Heard) => Event[]): Promise<QueryResult> =>
      ask(network((heard) => (heard.transport === 'udp' ? [{ bytes: truncated(heard) }] : event(heard))));
    const refused = await end(() => [{ fail: 'ECONNREFUSED' }]);
    expect(refused).toMatchObject({ kind: 'truncated', transport: 'udp', from: server });
    expect(refused.tries[1]).toMatchObject({ transport: 'tcp', outcome: 'failed', failure: { code: 'ECONNREFUSED' } });
    expect((await end(() => [])).tries[1]).toMatchObject({ transport: 'tcp', outcome: 'timed-out' });
    expect((await end((heard) => [{ bytes: reply(heard, { id: heard.query.id ^ 1 }) }])).tries[1]).toMatchObject({
      kind: 'wrong-id',
    });
  });

  test('over TCP only, when asked so', async () => {
    const io = network((heard) => [{ bytes: good(heard) }]);
    expect(await ask(io, { transport: 'tcp' })).toMatchObject({
      kind: 'answer',
      transport: 'tcp',
      tries: [{ transport: 'tcp' }],
    });
    expect(io.heard.map(({ transport }) => transport)).toEqual(['tcp']);
  });
});

describe('EDNS', () => {
  test.each([
    ['FORMERR', { rcode: 1, question: null }],
    ['NOTIMP', { rcode: 4 }],
    ['BADVERS', { additionals: [opt([], 1)] }],
  ])('is left out after %s', async (_, message) => {
    const result = await ask(network((heard) => [{ bytes: heard.query.edns ? reply(heard, message) : good(heard) }]));
    expect(result).toMatchObject({ kind: 'answer', edns: { version: 0 } });
    expect(result.tries).toMatchObject([{ edns: true }, { edns: false, kind: 'answer' }]);
  });

  test('is not to blame when the answer without it is the same', async () => {
    const result = await ask(
      network((heard) => [{ bytes: reply(heard, { rcode: 1, additionals: heard.query.edns ? [opt()] : [] }) }]),
    );
    expect(result).toMatchObject({ kind: 'formerr', edns: { version: 0 }, tries: [{ edns: true }, { edns: false }] });
  });
});

describe('the caller', () => {
  test('can give up at any time', async () => {
    const control = new AbortController();
    const io = network(() => []);
    const pending = ask(io, { udpTimeoutsMs: [5000], signal: control.signal });
    control.abort();
    expect(await pending).toMatchObject({ kind: 'cancelled', tries: [{ outcome: 'abandoned' }] });
    expect(io.aborted).toBe(1);
    expect(await ask(io, { signal: control.signal })).toMatchObject({ kind: 'cancelled', tries: [] });
    const overTcp = new AbortController();
    const tcp = ask(io, { transport: 'tcp', tcpTimeoutMs: 5000, signal: overTcp.signal });
    setTimeout(() => overTcp.abort(), 5);
    expect(await tcp).toMatchObject({ kind: 'cancelled', transport: 'tcp' });
  });

  test('may ask many questions under one signal without a warning of Node', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const { signal } = new AbortController();
    const io = network((heard) => [{ after: 5, bytes: good(heard) }]);
    await Promise.all(Array.from({ length: 30 }, () => ask(io, { signal })));
    await vi.advanceTimersByTimeAsync(5); // Node warns in a tick of its own
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('leaves nothing waiting behind an answer', async () => {
    const io = network((heard) => [{ after: heard.number === 0 ? 60 : 30, bytes: good(heard) }]);
    await ask(io);
    expect(io.aborted).toBe(2);
  });

  test('asks for something that is no name: nothing is sent', async () => {
    const io = network(() => []);
    const results = await asked(server, 'a..b', [TYPE.A], io, fast);
    expect(results).toMatchObject([{ kind: 'invalid-name', problem: 'empty-label', tries: [] }]);
    expect(io.heard).toEqual([]);
  });

  test('asks for too much: sixteen types', async () => {
    const io = network((heard) => [{ bytes: reply(heard, {}) }]);
    expect(
      await asked(
        server,
        name,
        Array.from({ length: 100 }, (_, at) => at),
        io,
        fast,
      ),
    ).toHaveLength(16);
  });
});
