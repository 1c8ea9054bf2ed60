import { causeTitles } from '../data/cause-titles.js';
import { explain } from '../explain/explain.js';
import type { Explanation } from '../explain/explain.js';
import { clean, shellWord, wrap } from '../report/clean.js';
import { printable } from '../report/json.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { readInput } from './input.js';
import { thisInvocation } from './invocation.js';
import { print } from './output.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked explain TEXT`: what an error message means, and what it does not. Contacts nobody. */
export async function explainCommand(call: Extract<Call, { command: 'explain' }>, script: string): Promise<number> {
  if ((call.text === null || call.text === '-') && process.stdin.isTTY) {
    throw new WrongWords('say which message, such as whoblocked explain "connection refused"');
  }
  const explanation = explain(call.text === null || call.text === '-' ? await readInput('-') : call.text);
  if (call.json) await print(`${printable(JSON.stringify(explanation))}\n`);
  else await print(asText(explanation, script));
  return exitCodes.works;
}

function asText(explanation: Explanation, script: string): string {
  const { message, from, means, doesNotMean, candidates, target } = explanation;
  const causes = (message === null ? [] : candidates.slice(0, 5)).flatMap((id) => causeTitles[id] ?? []);
  const { plain } = thisInvocation(script);
  const heading =
    message === null ? 'That message is not known here.' : `${clean(message)}${from === 'unknown' ? '' : ` (${from})`}`;
  const lines = [
    ...wrap(heading, 78),
    '',
    ...part('means', means),
    ...part('but not', doesNotMean),
    ...causes.flatMap((title, i) => part(i === 0 ? 'it can be' : '', title)),
    '',
    ...(target === null
      ? part('to find out', `${plain} TARGET, with what you tried to reach`)
      : [`  to find out  ${plain} ${shellWord(clean(whole(target)))}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A port of the web is tried to the end: that the bare port is open says nothing of encryption and page. */
function whole(target: string): string {
  const [, host, port] = /^([a-z0-9.-]*[a-z][a-z0-9.-]*):(443|80)$/i.exec(target) ?? [];
  return host === undefined ? target : `${port === '443' ? 'https' : 'http'}://${host}`;
}

function part(label: string, text: string): string[] {
  if (text === '') return [];
  return wrap(clean(text, 600), 64).map((line, i) => `  ${(i === 0 ? label : '').padEnd(13)}${line}`);
}
