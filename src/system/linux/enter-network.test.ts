import { describe, expect, it } from 'vitest';
import { inNetworkOf } from './enter-network.js';

/** Which of the two networks was gone to, in order, where the kernel says that to each time it is asked. */
function gone(...answers: readonly (string | null)[]) {
  const asked: number[] = [];
  const made: string[] = [];
  const enter = (fd: number): string | null => {
    asked.push(fd);
    return answers[asked.length - 1] ?? null;
  };
  const result = inNetworkOf(process.pid, () => made.push('a socket'), enter);
  const names = new Map([...new Set(asked)].map((fd, at) => [fd, at === 0 ? 'here' : 'there']));
  return { result, made, way: asked.map((fd) => names.get(fd)) };
}

describe.runIf(process.platform === 'linux')('a moment in the network of another process', () => {
  it('ends where it began', () => {
    expect(gone()).toMatchObject({ result: 1, way: ['here', 'there', 'here'] });
  });

  it('is not begun where there is no way back: root of a user namespace may leave the machine, and not return', () => {
    expect(gone('EPERM')).toEqual({ result: null, made: [], way: ['here'] });
  });

  it('is not to be had where the other network may not be entered, or the process is gone', () => {
    expect(gone(null, 'EPERM')).toEqual({ result: null, made: [], way: ['here', 'there'] });
    expect(
      inNetworkOf(
        2 ** 22 + 1,
        () => 1,
        () => null,
      ),
    ).toBeNull();
  });

  it('is nothing to go on from where the way back fails all the same', () => {
    expect(() => gone(null, null, 'EIO')).toThrow('no way back');
  });
});
