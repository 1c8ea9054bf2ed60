import { carryOut, newId, type Order, type Outcome } from '../engine/repair/carry-out.js';
import { choose, type Choice, type Refusal, type Wish } from '../engine/repair/choose.js';
import type { Tools } from '../engine/repair/tools.js';
import type { Ailment, Remedy } from '../model/remedy.js';
import type { System } from '../model/system.js';

/** A plan that fits, and how it would look. */
export interface Offer extends Omit<Choice, 'remedy'> {
  readonly remedy: Pick<Remedy, 'id' | 'risk'>;
}

export interface Offered {
  readonly offer: Offer | null;
  readonly refusals: readonly Refusal[];
}

export type Terms = Pick<Order, 'keepForMs' | 'until' | 'judge' | 'signal'>;

/** Who plans and makes a change: this very process, or one that runs as root for it. */
export interface Workshop {
  choose(ailment: Ailment, wish: Wish): Promise<Offered>;
  carryOut(offer: Offer, ailment: Ailment, terms: Terms): Promise<Outcome>;
  end(): void;
}

export function ownWorkshop(tools: Tools, system: System, signal: AbortSignal): Workshop {
  const id = newId(tools);
  let plannedAt: Date | undefined;
  return {
    async choose(ailment, wish) {
      plannedAt = tools.clock.wall();
      const { choice, refusals } = await choose(ailment, wish, id, { system, signal }, tools);
      return { offer: choice, refusals };
    },
    carryOut: ({ remedy, plan }, ailment, terms) =>
      carryOut({ id, remedy, plan, ailment, ...(plannedAt && { plannedAt }), ...terms }, tools),
    end: () => undefined,
  };
}
