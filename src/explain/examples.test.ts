import { describe, expect, it } from 'vitest';
import { browsers } from './examples/browsers.js';
import type { Example } from './examples/example.js';
import { disguised, nearMisses } from './examples/near-misses.js';
import { runtimes } from './examples/runtimes.js';
import { services } from './examples/services.js';
import { tools } from './examples/tools.js';
import { explain } from './explain.js';

const groups: Readonly<Record<string, readonly Example[]>> = {
  browsers,
  tools,
  runtimes,
  services,
  disguised,
  nearMisses,
};

describe.each(Object.entries(groups))('%s', (_, examples) => {
  it.each(examples.map((example) => ({ text: example[5], example })))(
    '$text',
    ({ text, example: [from, message, stage, candidate, target] }) => {
      const result = explain(text);
      expect({
        from: result.from,
        stage: result.stage,
        candidate: result.candidates[0],
        target: result.target,
      }).toEqual({ from, stage, candidate, target });
      if (message === null) expect(result.message).toBeNull();
      else expect(result.message?.toLowerCase()).toContain(message.toLowerCase());
    },
  );
});

it('there are enough of them', () => {
  expect(Object.values(groups).flat().length).toBeGreaterThanOrEqual(300);
});
