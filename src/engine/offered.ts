import { looksDangerous } from '../causes/block-right.js';
import type { Facts } from '../model/facts.js';
import type { Ailment, Remedy } from '../model/remedy.js';
import type { RemedyLine, Verdict } from '../model/report.js';
import { shellWord } from '../model/shell-word.js';
import { remedies } from '../remedies/all.js';

/** The remedies of a cause by their ids, in the order in which the cause names them. */
export function remediesNamed(ids: readonly string[]): Remedy[] {
  return ids.flatMap((id) => remedies.find((remedy) => remedy.id === id) ?? []);
}

/** What the report may promise: remedies that fit what the diagnosis found. Whether their plan fits too, `fix` sees. */
export function offered(ids: readonly string[], verdict: Verdict, facts: Facts): RemedyLine[] {
  const ailment: Ailment = { target: facts.target, verdict, facts };
  const platform = facts['device.self']?.state === 'known' ? facts['device.self'].value.platform : 'linux';
  return (
    remediesNamed(ids)
      .filter((remedy) => remedy.platforms.includes(platform) && remedy.offers(ailment))
      // No command that would let through what is better left where it is.
      .filter(({ risk }) => risk !== 'high' || !looksDangerous(verdict.culprit, facts))
      .slice(0, 1)
      .map(({ id, title, risk, needs }) => ({
        id,
        title,
        risk,
        needs,
        command: `${needs === 'root' ? 'sudo ' : ''}whoblocked fix ${wordsFor(facts)}`,
        undo: `${needs === 'root' ? 'sudo ' : ''}whoblocked undo`,
      }))
  );
}

/** A port of this computer is asked for in words of its own. */
function wordsFor(facts: Facts): string {
  const { input, inbound, port } = facts.target;
  const program = facts['device.program']?.state === 'known' ? facts['device.program'].value : null;
  const isNamed = program !== null && program.container === null;
  if (inbound === undefined) return `${isNamed ? `--app ${shellWord(program.named)} ` : ''}${shellWord(input)}`;
  return `inbound ${inbound.protocol}/${port}${inbound.from === null ? '' : ` --from ${shellWord(inbound.from)}`}`;
}
