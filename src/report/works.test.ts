import { describe, expect, it } from 'vitest';
import { connectTry, report, silent } from './fixtures/reports.js';
import { deadBefore, halfTried } from './works.js';

const DEAD = '198.51.100.5';
const LIVE = '198.51.100.10';

function looked(order: readonly string[], failing: readonly string[]) {
  const verdict = { outcome: 'reachable', cause: 'reachable', side: 'none', certainty: 'proven' } as const;
  const connect = order.map((address) => {
    const first = connectTry(443, failing.includes(address) ? silent : undefined, { address });
    return { address, port: 443, first, repeats: [] };
  });
  return deadBefore(report('https://pair.example/', verdict, {}, { 'name.system': { addresses: order }, connect }));
}

describe('addresses that cost time although the target works', () => {
  it('are told where programs try them first', () => {
    expect(looked([DEAD, LIVE], [DEAD])).toEqual([
      expect.stringMatching(/Its address 198\.51\.100\.5, .* did not answer/),
    ]);
    expect(looked([DEAD, '198.51.100.6', LIVE], [DEAD, '198.51.100.6'])).toEqual([
      expect.stringContaining('Its addresses 198.51.100.5 and 198.51.100.6'),
    ]);
  });

  it('are not told behind one that answers, nor where none does', () => {
    expect(looked([LIVE, DEAD], [DEAD])).toEqual([]);
    expect(looked([LIVE], [])).toEqual([]);
    expect(looked([DEAD], [DEAD])).toEqual([]);
  });
});

it('says of an open port of the web that no page was tried', () => {
  const works = { outcome: 'reachable', cause: 'reachable', side: 'none', certainty: 'proven' } as const;
  expect(halfTried(report('shop.example:443', works), 'npx whoblocked')).toEqual([
    'Only the port was tried. Whether a page comes: npx whoblocked https://shop.example',
  ]);
  expect(halfTried(report('shop.example:5432', works), 'npx whoblocked')).toEqual([]);
  expect(halfTried(report('https://shop.example', works), 'npx whoblocked')).toEqual([]);
});
