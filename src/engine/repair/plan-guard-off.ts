import { guardUnits } from '../../model/operation.js';
import type { Plan } from '../../model/remedy.js';
import { type Choice, rehearse } from './choose.js';
import type { Tools } from './tools.js';

/** The scanner that watches what is opened, off for everything: it knows no exception that could be taken back at once. */
export async function planScannerOff(
  id: string,
  tools: Tools,
): Promise<Omit<Choice, 'remedy'> | { readonly whyNot: string }> {
  for (const unit of guardUnits) {
    const { stdout } = await tools.run('systemctl', ['is-active', unit], { timeoutMs: 10_000 });
    if (stdout.trim() !== 'active') continue;
    const plan: Plan = {
      title: `stops ${unit}: no file is scanned when it is opened`,
      operations: [{ kind: 'guard-stop', unit }],
      opens: ['every file that it would hold back'],
      wider: true,
      mayCutOff: false,
      notes: [],
    };
    return { plan, ...(await tools.journal.locked(() => rehearse(plan, id, tools))) };
  }
  return {
    whyNot: `no scanner that watches what is opened runs as a service that is known here (${guardUnits.join(', ')})`,
  };
}
