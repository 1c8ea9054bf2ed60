import type { ResetTarget } from '../../model/operation.js';
import type { Plan } from '../../model/remedy.js';
import { type Choice, rehearse } from './choose.js';
import type { Tools } from './tools.js';

const bounds = { timeoutMs: 20_000 };

/** Back to what the distribution brings, by whoever manages the firewall now. */
export async function planReset(id: string, tools: Tools): Promise<Omit<Choice, 'remedy'>> {
  const to = await managersNow(tools);
  return rehearsed(resetPlan(to), id, tools);
}

/** The whole firewall off, for a pause only. */
export function planOff(id: string, tools: Tools): Promise<Omit<Choice, 'remedy'>> {
  const plan: Plan = {
    title: 'switches the whole firewall off: every rule is gone for that time',
    operations: [{ kind: 'firewall-reset', to: ['nothing'] }],
    opens: ['everything that any rule of this computer stops, in and out'],
    wider: true,
    mayCutOff: true,
    notes: ['rules that lead packets elsewhere (containers, VPN, sharing) are gone too for that time'],
  };
  return rehearsed(plan, id, tools);
}

async function managersNow({ run }: Tools): Promise<readonly ResetTarget[]> {
  const [ufw, firewalld] = await Promise.all([
    run('ufw', ['status'], bounds),
    run('firewall-cmd', ['--state'], bounds),
  ]);
  const managers: ResetTarget[] = [];
  if (/^Status: active/m.test(ufw.stdout)) managers.push('ufw');
  if (firewalld.stdout.trim() === 'running') managers.push('firewalld');
  return managers.length === 0 ? ['boot-files'] : managers;
}

const results: Readonly<Record<ResetTarget, string>> = {
  ufw: 'ufw is switched off and has its first settings again: it stops nothing any more',
  firewalld: 'firewalld has its first settings again: what was opened or closed in it is gone',
  'boot-files': 'only the rules of the files that are loaded at boot are there',
  nothing: 'no rule is there',
};

/** What is true once it is made, as a sentence. */
export function resetDone({ operations }: Plan): string {
  const managers = operations.flatMap((one) => (one.kind === 'firewall-reset' ? one.to : [])).filter((one) => one !== 'boot-files'); // prettier-ignore
  return managers.length === 0
    ? 'The firewall is as the distribution brings it.'
    : `${managers.join(' and ')}: as the distribution brings it. Rules that others made beside it stay.`;
}

function resetPlan(to: readonly ResetTarget[]): Plan {
  return {
    title: `sets the firewall back to what the distribution brings: ${to.map((target) => results[target]).join('; ')}`,
    operations: [{ kind: 'firewall-reset', to }],
    opens: [`everything that your own rules${to.includes('boot-files') ? '' : ` in ${to.join(' and ')}`} stopped`],
    wider: true,
    mayCutOff: true,
    notes: to.includes('boot-files')
      ? ['rules of Docker, of a VPN and of other programs are gone too, until those are started again']
      : [
          `rules that others made beside ${to.join(' and ')} stay, and may still stop something: nft list ruleset shows them`,
        ],
  };
}

async function rehearsed(plan: Plan, id: string, tools: Tools): Promise<Omit<Choice, 'remedy'>> {
  return { plan, ...(await tools.journal.locked(() => rehearse(plan, id, tools))) };
}
