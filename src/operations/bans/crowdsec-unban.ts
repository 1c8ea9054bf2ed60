import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { CrowdsecUnban } from '../../model/ban-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { elementOf } from './element.js';

interface Decision {
  readonly scenario: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

interface Before {
  readonly decisions: readonly Decision[];
}

const bounds = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 };
const mostDecisions = 16;

/** CrowdSec's own client deletes its decisions about one address, and makes them again for the time that was left. */
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
  commands: ({ scope, value }) => [`cscli decisions delete --${scope} ${value}`],
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
  async apply({ scope, value }, _before, hands) {
    mustHaveRun('cscli', await hands.run('cscli', ['decisions', 'delete', `--${scope}`, value], bounds));
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await decisionsOf(operation, hands);
    const wanted = before.decisions.filter((one) => !isOver(one, hands));
    if (now.length === 0) return { is: wanted.length === 0 ? 'before' : 'after' };
    const isSame = namesOf(now) === namesOf(wanted);
    const difference = [
      '  decisions of CrowdSec:',
      ...wanted.map(({ scenario }) => `- ${scenario}`),
      ...now.map(({ scenario }) => `+ ${scenario}`),
    ];
    return isSame ? { is: 'before' } : { is: 'other', ours: false, difference };
  },
  async revert(operation, before, hands) {
    const { scope, value } = operation;
    const now = new Set((await decisionsOf(operation, hands)).map(({ scenario }) => scenario));
    for (const decision of before.decisions) {
      if (now.has(decision.scenario) || isOver(decision, hands)) continue;
      const seconds = Math.ceil((decision.endsAt - hands.clock.wall().getTime()) / 1000);
      const words = [`--${scope}`, value, '--duration', `${seconds}s`, '--reason', decision.scenario, '--type', 'ban'];
      mustHaveRun('cscli', await hands.run('cscli', ['decisions', 'add', ...words], bounds));
    }
  },
};

function namesOf(decisions: readonly Decision[]): string {
  return JSON.stringify(decisions.map(({ scenario }) => scenario).sort());
}

function isOver({ endsAt }: Decision, { clock }: Hands): boolean {
  return clock.wall().getTime() >= endsAt;
}

/** Those about exactly this address or network. */
async function decisionsOf({ scope, value }: CrowdsecUnban, { run, clock }: Hands): Promise<Decision[]> {
  const words = ['decisions', 'list', '-a', `--${scope}`, value, '-o', 'json'];
  const printed = mustHaveRun('cscli', await run('cscli', words, bounds));
  const found: unknown = JSON.parse(printed.trim() === '' ? 'null' : printed);
  return objects(found).flatMap((alert) =>
    objects(Reflect.get(alert, 'decisions')).flatMap((decision) => {
      const text = (key: string): string => {
        const read: unknown = Reflect.get(decision, key);
        return typeof read === 'string' ? read : '';
      };
      const left = secondsOf(text('duration'));
      if (text('type') !== 'ban' || canonical(text('value')) !== canonical(value) || left === null) return [];
      // A reason that begins like an option would be one.
      const scenario = text('scenario')
        .replace(/[\n\0]/g, ' ')
        .replace(/^-+/, '')
        .slice(0, 200);
      return [{ scenario, endsAt: clock.wall().getTime() + left * 1000 }];
    }),
  );
}

function objects(json: unknown): object[] {
  return Array.isArray(json)
    ? json.slice(0, 1000).filter((one): one is object => typeof one === 'object' && one !== null)
    : [];
}

/** Go's way to write a time: `3h59m55.8s`. What has run out is negative and no decision any more. */
function secondsOf(text: string): number | null {
  const found = /^(?:(\d{1,9})h)?(?:(\d{1,2})m)?(?:(\d{1,2}(?:\.\d+)?)s)?$/.exec(text);
  if (!found || text === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Math.ceil(Number(seconds));
}
