import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { System } from '../../model/system.js';
import { readContainers } from './containers.js';
import { askEngine } from './engine-api.js';

const head = 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n';
const socket = '/var/run/docker.sock';
const signal = new AbortController().signal;

/** Says these pieces once it is asked, and ends or does not. */
function saying(pieces: readonly (string | Buffer)[], ends = true): Duplex {
  return new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      for (const piece of pieces) this.push(piece);
      if (ends) this.push(null);
      done();
    },
  });
}

/** On a clock by which the answer comes before the wait for it is over, or never. */
function engineOf(stream: () => Duplex): System {
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms / 10).unref());
  const system = fakeSystem({
    identity: { root: true },
    files: { [socket]: { stat: { kind: 'socket', uid: 0 } } },
    dialUnix: () => stream(),
  });
  return { ...system, clock: { ...system.clock, sleep } };
}

describe('an engine of containers that says something else', () => {
  it.each([
    ['what is no JSON', () => saying([head, '[{"Id": '])],
    ['another status', () => saying(['HTTP/1.0 500 Internal Server Error\r\n\r\n[]'])],
    ['no HTTP at all', () => saying(['220 mail.example ESMTP\r\n'])],
    ['nothing, and ends', () => saying([])],
    ['nothing, for ever', () => saying([], false)],
    ['half of it, for ever', () => saying([head, '[{'], false)],
    ['ten megabytes', () => saying([head, '["', ...Array.from({ length: 160 }, () => Buffer.alloc(65_536, 97)), '"]'])],
  ])('is taken for none: %s', async (_what, stream) => {
    const system = engineOf(stream);
    expect(await askEngine(socket, '/networks', { system, signal })).toBeNull();
    expect(await readContainers(system, signal)).toBeNull();
  });

  it('gives what it says as JSON', async () => {
    const system = engineOf(() => saying([head, '[{"Na', 'me":"bridge"}]']));
    expect(await askEngine(socket, '/networks', { system, signal })).toEqual([{ Name: 'bridge' }]);
  });
});
