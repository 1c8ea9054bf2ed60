import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Allotment, Budget, forLateTurns, mostPerAddress } from './budget.js';

/** What a gatherer may do, and what a kernel does meanwhile. */
type Deed =
  | { readonly do: 'begin'; readonly packets: number; readonly left: number }
  | { readonly do: 'open' | 'settle'; readonly which: number }
  | { readonly do: 'send'; readonly which: number; readonly packets: number }
  | { readonly do: 'look' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), packets: fc.integer({ min: 1, max: 12 }), left: fc.nat(8) }),
  fc.record({ do: fc.constantFrom('open' as const, 'settle' as const), which: fc.nat(60) }),
  fc.record({ do: fc.constant('send' as const), which: fc.nat(60), packets: fc.integer({ min: 1, max: 2 }) }),
  fc.constant({ do: 'look' as const }),
);

interface Connection {
  readonly allotment: Allotment;
  readonly first: number;
  sent: number;
  /** Since it was last looked at. */
  more: number;
  open: boolean;
  over: boolean;
}

it('is never exceeded, whatever is begun, sends on, is ended or forgotten', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 400 }), (deeds) => {
      const budget = new Budget();
      const all: Connection[] = [];
      const looked = (): void => all.forEach((one) => (one.more = 0));
      for (const one of deeds) {
        const at = 'which' in one ? all[one.which % Math.max(1, all.length)] : undefined;
        if (one.do === 'begin') {
          const allotment = budget.begin(one.packets, one.left);
          looked();
          if (allotment) all.push({ allotment, first: one.packets, sent: 0, more: 0, open: false, over: false });
        } else if (one.do === 'look') {
          budget.look();
          looked();
        } else if (!at || at.over) {
          continue;
        } else if (one.do === 'open') {
          if (at.open) continue;
          at.open = true;
          at.sent = Math.max(at.sent, at.first - 2);
          at.allotment.follow(
            () => at.sent,
            () => (at.over = true),
          );
          looked();
        } else if (one.do === 'settle') {
          at.over = true;
          if (!at.open) at.sent = at.first;
          at.allotment.settle(at.sent);
        } else if (one.do === 'send' && at.open && at.more + one.packets <= 2) {
          at.sent += one.packets;
          at.more += one.packets;
        }
        const onTheWire = all.reduce((sum, { sent, open, over, first }) => sum + (open || over ? sent : first), 0);
        expect(onTheWire).toBeLessThanOrEqual(mostPerAddress - forLateTurns);
      }
    }),
    { numRuns: 300 },
  );
});

it('ends what sends on without end, and refuses what comes after it', () => {
  const budget = new Budget();
  let sent = 5;
  const ended: number[] = [];
  budget.begin(7)?.follow(
    () => sent,
    () => ended.push(sent),
  );
  for (let i = 0; i < 1_000 && ended.length === 0; i++) {
    sent += 1;
    budget.look();
  }
  expect(ended).toHaveLength(1);
  expect(sent).toBeLessThanOrEqual(mostPerAddress - forLateTurns);
  expect(budget.begin(3)).toBeNull();
});

it('gives back what was set aside and not sent', () => {
  const budget = new Budget();
  for (let i = 0; i < 100; i++) budget.begin(7)?.settle(1);
  expect(budget.sent).toBe(100);
  expect(budget.begin(7)).not.toBeNull();
});

it('leaves what is kept to the one that takes it, and no more than there is', () => {
  const budget = new Budget();
  budget.keep(12);
  const most = mostPerAddress - forLateTurns - 12;
  expect(budget.begin(most + 1)).toBeNull();
  expect(budget.begin(most)).not.toBeNull();
  expect(budget.begin(1)).toBeNull();
  expect(budget.begin(7, 4, 0, true)).not.toBeNull();
  expect(budget.begin(1, 0, 0, true)).toBeNull();
  const spent = new Budget();
  spent.begin(mostPerAddress - forLateTurns - 3);
  spent.keep(12);
  expect(spent.begin(7, 4, 0, true)).toBeNull();
});
