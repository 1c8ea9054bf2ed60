import { decisionsIn, listAlerts, mostBytesOfAlerts, type Decision } from '../../firewall/crowdsec-decisions.js';
import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { CrowdsecUnban } from '../../model/ban-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { elementOf } from './element.js';

interface Before {
  readonly decisions: readonly Pick<Decision, 'id' | 'scenario' | 'endsAt'>[];
}

type Known = Before['decisions'][number];

const bounds = { timeoutMs: 20_000, maxBytes: mostBytesOfAlerts };
const mostDecisions = 16;
/** Two looks at one decision differ by how long cscli took; a ban that was made anew ends much later. */
const sameEndMs = 60_000;

/**
 * CrowdSec's own client deletes its bans of one address, and makes them again for the time that was left. Each by its
 * number: told the address, cscli would also lift the bans of every network around it.
 */
export const operation: OperationKindOf<CrowdsecUnban, Before> = {
  kind: 'crowdsec-unban',
  check(json) {
    const args = new Arguments('crowdsec-unban', json);
    const checked: CrowdsecUnban = {
      kind: args.oneOf('kind', ['crowdsec-unban']),
      scope: args.oneOf('scope', ['ip', 'range']),
      value: elementOf(args, 'value'),
    };
    args.end();
    if ((checked.scope === 'range') !== checked.value.includes('/') || checked.value.includes('-'))
      throw args.wrong('value is not of that scope');
    return checked;
  },
  commands: ({ value }, _id, { decisions }) =>
    decisions.map(({ id, scenario }) => `cscli decisions delete --id ${id}   # ${value}, ${scenario}`),
  undo: ({ scope, value }, _id, { decisions }) =>
    decisions.map(
      ({ scenario }) => `cscli decisions add --${scope} ${value} --reason "${scenario}"   # and --duration`,
    ),
  async capture(operation, hands) {
    const decisions = await decisionsOf(operation, hands);
    if (decisions.length === 0) throw new Cannot(`CrowdSec does not ban ${operation.value} any more`);
    if (decisions.length > mostDecisions) throw new Cannot('CrowdSec has too many decisions about it');
    return { decisions };
  },
  preview: ({ value }, { decisions }) => [
    '  decisions of CrowdSec:',
    ...decisions.map(({ scenario }) => `- ${value} (${scenario})`),
  ],
  async apply(_operation, { decisions }, hands) {
    for (const { id } of decisions)
      mustHaveRun('cscli', await hands.run('cscli', ['decisions', 'delete', '--id', String(id)], bounds));
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await decisionsOf(operation, hands);
    const wanted = before.decisions.filter((one) => !isOver(one, hands));
    const missing = without(wanted, now);
    const others = without(now, wanted);
    if (missing.length === 0 && others.length === 0) return { is: 'before' };
    if (now.length === 0) return { is: 'after' };
    const difference = [
      '  decisions of CrowdSec:',
      ...missing.map(({ scenario }) => `- ${scenario}`),
      ...others.map(({ scenario }) => `+ ${scenario}`),
    ];
    return others.length === 0 ? { is: 'torn', difference } : { is: 'other', ours: missing.length > 0, difference };
  },
  async revert(operation, before, hands) {
    const { scope, value } = operation;
    for (const decision of without(before.decisions, await decisionsOf(operation, hands))) {
      if (isOver(decision, hands)) continue;
      const seconds = Math.ceil((decision.endsAt - hands.clock.wall().getTime()) / 1000);
      const words = [`--${scope}`, value, '--duration', `${seconds}s`, '--reason', decision.scenario, '--type', 'ban'];
      mustHaveRun('cscli', await hands.run('cscli', ['decisions', 'add', ...words], bounds));
    }
  },
};

/** Those of the one list that the other does not have as well. */
export function without(some: readonly Known[], others: readonly Known[]): Known[] {
  const left = [...others];
  return some.filter(({ scenario, endsAt }) => {
    const at = left.findIndex((one) => one.scenario === scenario && Math.abs(one.endsAt - endsAt) < sameEndMs);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isOver({ endsAt }: Known, { clock }: Hands): boolean {
  return clock.wall().getTime() >= endsAt;
}

/** Those about exactly this address or network. */
async function decisionsOf({ scope, value }: CrowdsecUnban, { run, clock }: Hands): Promise<Known[]> {
  const printed = mustHaveRun('cscli', await run('cscli', listAlerts(scope, value), bounds));
  const decisions = decisionsIn(printed, clock.wall());
  if (decisions === null) throw new Cannot('what cscli prints is not complete');
  return decisions
    .filter((one) => canonical(one.value) === canonical(value))
    .map(({ id, scenario, endsAt }) => ({ id, scenario: asReason(scenario), endsAt }));
}

/** A reason that begins like an option would be one. */
function asReason(scenario: string): string {
  return scenario.replace(/[\n\0]/g, ' ').replace(/^-+/, '');
}
