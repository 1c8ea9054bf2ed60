import { describe, expect, it } from 'vitest';
import { queuesIn } from './passed-files.js';

describe('queues as tc prints them', () => {
  it('are those with a handle of their own', () => {
    const json =
      '[{"kind":"noqueue","handle":"0:","dev":"lo","drops":0},{"kind":"tbf","handle":"8001:","dev":"eth0","drops":3}]';
    expect(queuesIn(json).at(-1)).toEqual({ device: 'eth0', kind: 'tbf', handle: '8001:', drops: 3 });
  });

  it('are none in text, in other shapes and in what is cut off', () => {
    for (const text of [
      '',
      'qdisc tbf 8001: dev eth0',
      '{}',
      '[null,7,{"kind":1}]',
      '[{"kind":"tbf"',
      '[{"drops":-1e99}]',
    ])
      expect(queuesIn(text)).toEqual([]);
  });
});
