import { decide, prepare } from '../firewall/decide.js';
import type { Firewall } from '../firewall/decide.js';
import { parsePacket } from '../firewall/packet.js';
import { readRuleset } from '../firewall/parse/read.js';
import { clean } from '../report/clean.js';
import { printable } from '../report/json.js';
import { withPatientCompiler } from '../system/patient-compiler.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { readInput } from './input.js';
import { linesOf } from './lines.js';
import type { InputLine } from './lines.js';
import { print, warn } from './output.js';

/** Answers are written in pieces of this size: a million packets must not be a million writes. */
const pieceLength = 64 * 1024;

/** `whoblocked rules --ruleset FILE --packets FILE`: one line of JSON for each packet, whatever is wrong with it. */
export async function rulesCommand(call: Extract<Call, { command: 'rules' }>): Promise<number> {
  const text = await readInput(call.ruleset);
  const ruleset = withPatientCompiler(() => readRuleset(text, call.format));
  const fatal = ruleset.problems.filter((problem) => problem.fatal);
  const problems = fatal.length > 0 ? fatal : ruleset.problems;
  const [first] = problems;
  if (first !== undefined) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    warn(`${clean(call.ruleset, 100)}: ${first.where}: ${first.what}${more}`);
  }
  const firewall = prepare(ruleset);
  let piece = '';
  let isFirst = true;
  for await (const lines of linesOf(call.packets)) {
    for (const line of lines) {
      // The first packet makes the index.
      piece += isFirst ? withPatientCompiler(() => answerTo(firewall, line)) : answerTo(firewall, line);
      isFirst = false;
    }
    if (piece.length < pieceLength) continue;
    if (!(await print(piece))) break;
    piece = '';
  }
  await print(piece);
  return fatal.length > 0 ? exitCodes.named : exitCodes.works;
}

function answerTo(firewall: Firewall, { text, number, tooLong }: InputLine): string {
  if (tooLong) return `${unread(number, 'the line is too long')}\n`;
  return text.trim() === '' ? '' : `${answer(firewall, text, number)}\n`;
}

function answer(firewall: Firewall, line: string, number: number): string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return unread(number, 'it is not JSON');
  }
  const parsed = parsePacket(json);
  if ('error' in parsed) return unread(number, parsed.error);
  const { verdict, rule, policy, to, how, why } = decide(firewall, parsed.packet);
  // An undefined value leaves its key out.
  return printable(JSON.stringify({ verdict, rule, policy, to, how, why }));
}

/** Answers and packets stay line by line beside each other. */
function unread(number: number, why: string): string {
  return printable(
    JSON.stringify({ verdict: 'unknown', rule: null, policy: null, why: `packet ${number} cannot be read: ${why}` }),
  );
}
