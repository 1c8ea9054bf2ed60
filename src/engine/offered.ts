import { looksDangerous } from '../causes/evidence/block-right.js';
import type { Facts } from '../model/facts.js';
import type { Ailment, Remedy } from '../model/remedy.js';
import type { RemedyLine, Verdict } from '../model/report.js';
import { shellWord } from '../model/shell-word.js';
import { remedies } from '../remedies/all.js';

/** The remedies of a cause by their ids, in the order in which the cause names them. Each is loaded when it is asked for. */
export async function* remediesNamed(ids: readonly string[]): AsyncGenerator<Remedy> {
  for (const id of ids) {
    const remedy = await remedies[id]?.();
    if (remedy) yield remedy;
  }
}

/** What the report may promise: the first remedy that fits what the diagnosis found. Whether its plan fits too, `fix` sees. */
export async function offered(ids: readonly string[], verdict: Verdict, facts: Facts): Promise<RemedyLine[]> {
  const ailment: Ailment = { target: facts.target, verdict, facts };
  const platform = facts['device.self']?.state === 'known' ? facts['device.self'].value.platform : 'linux';
  for await (const remedy of remediesNamed(ids)) {
    if (!remedy.platforms.includes(platform) || !remedy.offers(ailment)) continue;
    const { id, title, risk, needs } = remedy;
    // No command that would let through what is better left where it is.
    if (risk === 'high' && looksDangerous(verdict.culprit, facts)) continue;
    const sudo = needs === 'root' ? 'sudo ' : '';
    const command = `${sudo}whoblocked fix ${wordsFor(facts)}`;
    return [{ id, title, risk, needs, command, undo: `${sudo}whoblocked undo` }];
  }
  return [];
}

/** A port of this computer is asked for in words of its own. */
function wordsFor(facts: Facts): string {
  const { input, inbound, port } = facts.target;
  const program = facts['device.program']?.state === 'known' ? facts['device.program'].value : null;
  const isNamed = program !== null && program.container === null;
  if (inbound === undefined) return `${isNamed ? `--app ${shellWord(program.named)} ` : ''}${shellWord(input)}`;
  return `inbound ${inbound.protocol}/${port}${inbound.from === null ? '' : ` --from ${shellWord(inbound.from)}`}`;
}
