import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import { fakeTracer, type ScriptedStep } from '../../../test/fake-tracer.js';
import type { Context } from '../../model/gatherer.js';
import { defaultOptions } from '../../model/settings.js';
import type { Seen, System } from '../../model/system.js';
import { passedOutside } from './passed-outside.js';

const flow = { protocol: 'tcp', address: '198.51.100.10', port: 443, localPort: 40_000 } as const;
const silent = { ...flow, outcome: { operation: 'connect', code: 'timed-out', raw: 'timed out' } } as const;
const rule = { backend: 'nft', family: 'ip', table: 'filter', chain: 'FORWARD', handle: 9 } as const;
const drop: ScriptedStep = { family: 'ip', table: 'filter', chain: 'FORWARD', kind: 'rule', verdict: 'drop', direction: 'out', rule }; // prettier-ignore
const own: Seen = { out: true, in: false, ends: ['172.17.0.2'] };

async function passed(outside: Seen, steps: readonly ScriptedStep[] = [], here: Seen = own, forwarding = '1') {
  const asked: string[] = [];
  const around: NonNullable<System['around']> = {
    tracer: fakeTracer(),
    sockets: fakeSystem({ dial: () => 'refused' }).sockets,
    run: () => Promise.resolve({ exit: 0, stdout: '172.17.0.2 dev docker0 src 172.17.0.1 uid 0 \n', stderr: '', truncated: false }), // prettier-ignore
    setting: (name) => {
      asked.push(name);
      return forwarding;
    },
  };
  const system: System = { ...fakeSystem({}), around };
  const context: Context = {
    system,
    options: defaultOptions,
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: () => ({ target: { input: '' } }) as never,
  };
  const session = async (seen: Seen, given: readonly ScriptedStep[]) => {
    const opened = await fakeTracer({ seen: () => seen, steps: () => given }).open(context.signal);
    if ('code' in opened) throw new Error('no session');
    await opened.follow(flow);
    return opened;
  };
  const found = await passedOutside(silent, await session(here, []), await session(outside, steps), context);
  return { trace: found?.trace ?? null, asked };
}

describe('our packets in the network around', () => {
  it('are those that bear the very address that ours bore', async () => {
    const { trace } = await passed({ out: true, in: false, ends: ['172.17.0.2'] }, [drop]);
    expect(trace).toMatchObject({
      source: '172.17.0.2',
      stoppedBy: { chain: 'FORWARD', direction: 'out' },
      leftAs: null,
    });
  });

  it("are not somebody else's with the same ports", async () => {
    expect((await passed({ out: true, in: false, ends: ['172.17.0.9'] }, [drop])).trace).toBeNull();
    expect((await passed({ out: true, in: false, ends: ['172.17.0.2', '192.168.7.20'] }, [drop])).trace).toBeNull();
    const unknown: Seen = { out: true, in: false };
    expect((await passed({ out: true, in: false, ends: ['172.17.0.2'] }, [drop], unknown)).trace).toBeNull();
  });

  it('are answered to the address that they left with', async () => {
    const seen: Seen = { out: true, in: true, ends: ['172.17.0.2', '192.168.7.20'], leftAs: '192.168.7.20' };
    expect((await passed(seen)).trace).toMatchObject({ seenIn: true, leftAs: '192.168.7.20', forwardingOff: null });
  });

  it('end where the interface that they came in by passes nothing on', async () => {
    const { trace, asked } = await passed({ out: true, in: false, ends: ['172.17.0.2'] }, [], own, '0');
    expect(trace).toMatchObject({ forwardingOff: 'net.ipv4.ip_forward', stoppedBy: null });
    expect(asked).toEqual(['ipv4/conf/docker0/forwarding', 'ipv4/ip_forward']);
  });

  it('are tried under the own address where they left untranslated', async () => {
    const seen: Seen = { out: true, in: false, ends: ['172.17.0.2'], leftAs: '172.17.0.2' };
    expect((await passed(seen)).trace).toMatchObject({ ownTry: { code: 'refused' } });
  });
});
