import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../test/fake-system.js';
import { forLateTurns, mostPerAddress } from './budget.js';
import { paced } from './pacer.js';

const never = new AbortController().signal;
const address = '198.51.100.10';
const tcp = (segmentsOut: number) => ({
  segmentsOut,
  segmentsIn: 0,
  retransmitted: 0,
  totalRetransmitted: 0,
  rttUs: 0,
});
const quiet = (): Duplex => new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });

describe('what goes to one address', () => {
  it('stays within 150 packets, whatever is begun, and is refused as not measured', async () => {
    const pacer = paced(
      fakeSystem({ dial: () => ({ tcp: tcp(4), failure: { operation: 'connect', code: 'timed-out', raw: '' } }) }),
    );
    const results = [];
    for (let i = 0; i < 60; i++) {
      results.push(
        await pacer.system.sockets.dial({ address, port: 443, timeoutMs: 3_400, discard: true }, never).done,
      );
      await pacer.system.sockets.datagram({ address, port: 443, payload: new Uint8Array(1), timeoutMs: 10 }, never);
    }
    expect(pacer.perAddress()).toEqual([{ address, packets: mostPerAddress - forLateTurns }]);
    expect(results.at(-1)?.failure).toMatchObject({ code: 'failed', raw: expect.stringContaining('enough') as string });
    // Another address has a bound of its own.
    await pacer.system.sockets.datagram(
      { address: '192.0.2.1', port: 53, payload: new Uint8Array(1), timeoutMs: 10 },
      never,
    );
    expect(pacer.count()).toBe(mostPerAddress - forLateTurns + 1);
  });

  it('sets aside what is on its way, so that many at once stay within it too', async () => {
    const pacer = paced(fakeSystem({ dial: () => 'silent' }));
    const all = Array.from({ length: 100 }, () =>
      pacer.system.sockets.dial({ address, port: 443, timeoutMs: 3_400, discard: true }, never),
    );
    const results = await Promise.all(all.map(({ done }) => done));
    // Six for each: four in these seconds, and what acknowledges and ends one that opens at last.
    expect(results.filter(({ failure }) => failure?.code === 'failed').length).toBe(76);
    expect(pacer.perAddress()[0]?.packets).toBeLessThanOrEqual(mostPerAddress - forLateTurns);
  });

  it('lets what can wait have what others leave over of theirs', async () => {
    const pacer = paced(fakeSystem({ dial: () => 'silent' }));
    const dial = (more: { readonly patient?: true }) =>
      pacer.system.sockets.dial({ address, port: 443, timeoutMs: 1_000, discard: true, ...more }, never).done;
    const all = Array.from({ length: 36 }, () => dial({}));
    const [atOnce, waited] = await Promise.all([dial({}), dial({ patient: true }), ...all]);
    expect(atOnce).toMatchObject({ failure: { code: 'failed' } });
    expect(waited).toMatchObject({ failure: { code: 'timed-out' } });
    expect(pacer.perAddress()[0]?.packets).toBeLessThanOrEqual(mostPerAddress - forLateTurns);
  });

  it('counts an open connection by the kernel’s own count, with what ends it', async () => {
    let sent = 2;
    const pacer = paced(fakeSystem({ dial: () => ({ stream: quiet(), tcp: tcp(2), sent: () => sent }) }));
    await pacer.system.sockets.dial({ address, port: 443, timeoutMs: 1_000 }, never).done;
    expect(pacer.count()).toBe(4);
    sent = 40;
    expect(pacer.count()).toBe(42);
  });

  it('counts nothing for what never left', async () => {
    const pacer = paced(
      fakeSystem({
        dial: () => ({ synchronous: true, failure: { operation: 'connect', code: 'prohibited', raw: '' } }),
      }),
    );
    await pacer.system.sockets.dial({ address, port: 443, timeoutMs: 1_000 }, never).done;
    expect(pacer.count()).toBe(0);
  });
});

describe('what opens to a port of a login', () => {
  const tryOften = async (opens: boolean): Promise<readonly boolean[]> => {
    const failure = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;
    const pacer = paced(fakeSystem({ dial: () => (opens ? { stream: quiet(), tcp: tcp(2) } : { failure }) }));
    const allowed: boolean[] = [];
    for (let i = 0; i < 6; i++) {
      const { failure: met } = await pacer.system.sockets.dial({ address, port: 22, timeoutMs: 500 }, never).done;
      allowed.push(met?.code !== 'failed');
    }
    return allowed;
  };

  it('is three connections and no more', async () => {
    expect(await tryOften(true)).toEqual([true, true, true, false, false, false]);
  });

  it('is none where it is refused: no login has heard of it', async () => {
    expect(await tryOften(false)).toEqual([true, true, true, true, true, true]);
  });

  it('is none of many at once where the first was refused, and counts again once one opens', async () => {
    const failure = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;
    let opens = false;
    const pacer = paced(fakeSystem({ dial: () => (opens ? { stream: quiet(), tcp: tcp(2) } : { failure }) }));
    const dial = () => pacer.system.sockets.dial({ address, port: 22, timeoutMs: 500 }, never).done;
    await dial();
    const many = await Promise.all(Array.from({ length: 8 }, dial));
    expect(many.map(({ failure: met }) => met?.code)).toEqual(Array.from({ length: 8 }, () => 'refused'));
    opens = true;
    const more = [await dial(), await dial(), await dial(), await dial()];
    expect(more.map(({ failure: met }) => met?.code)).toEqual([undefined, undefined, undefined, 'failed']);
  });
});
