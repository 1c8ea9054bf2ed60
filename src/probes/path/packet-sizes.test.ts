import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, type Bounds, mostRounds, narrowed } from './packet-sizes.js';

const sized = (size: number, held: boolean) => ({ size, held, ms: 1 });

it('finds the exact size, whatever it is, within the rounds that it has', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1280, max: 1499 }), (carried) => {
      let bounds: Bounds = { largest: 1280, tooLarge: 1500 };
      for (let round = 0; round < mostRounds && bounds.tooLarge - bounds.largest > 1; round++) {
        const next = narrowed(
          bounds,
          between(bounds).map((size) => sized(size, size <= carried)),
        );
        if (next === null) return false;
        bounds = next;
      }
      return bounds.largest === carried && bounds.tooLarge === carried + 1;
    }),
  );
});

it('never says more than was tried: what was refused leaves the bounds as they were', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1280, max: 1499 }),
      fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
      (carried, tried) => {
        const bounds = { largest: 1280, tooLarge: 1500 };
        const done = between(bounds).flatMap((size, i) => (tried[i] ? [sized(size, size <= carried)] : []));
        const next = narrowed(bounds, done);
        if (done.length === 0) return next === null;
        return next !== null && next.largest <= carried && next.tooLarge > carried;
      },
    ),
  );
});

it('gives up where a larger one holds and a smaller one does not', () => {
  expect(narrowed({ largest: 1280, tooLarge: 1500 }, [sized(1335, false), sized(1390, true)])).toBeNull();
});

it('holds what is tried after a router has told of a smaller size for a try of that size', () => {
  const told = (size: number) => ({ ...sized(size, true), pathMtu: 1492 });
  expect(narrowed({ largest: 1487, tooLarge: 1500 }, [told(1493)])).toEqual({ largest: 1492, tooLarge: 1493 });
  expect(narrowed({ largest: 1475, tooLarge: 1500 }, [told(1487)])).toEqual({ largest: 1487, tooLarge: 1500 });
  expect(narrowed({ largest: 1495, tooLarge: 1500 }, [told(1497)])).toBeNull();
});
