import { meanings } from '../data/error-messages/meanings/index.js';
import type { CandidateId, Origin, Stage } from '../data/error-messages/types.js';
import { originOf } from './origin.js';
import { messageName } from './pattern.js';
import { meaningInContext } from './proxied.js';
import { rootOf } from './root.js';
import { search } from './search.js';
import { targetOf } from './target.js';
import { readText, type Text } from './text.js';

/** What a pasted error text says. Its JSON is the contract's `whoblocked/explain/1`. */
export interface Explanation {
  readonly schema: 'whoblocked/explain/1';
  /** The message's own name in its program's wording; null when the text is not recognised. */
  readonly message: string | null;
  readonly from: Origin | 'unknown';
  readonly means: string;
  readonly doesNotMean: string;
  readonly stage: Stage;
  readonly candidates: readonly CandidateId[];
  readonly target: string | null;
}

/** Shorter texts get a second reading, as lines that were broken in the middle of a word. */
const longestRejoined = 20_000;

/**
 * Explains an error text of a browser, program or system. Never throws, whatever the text; beyond a million characters
 * the middle is left out. No control character, login, path or query of the text is in the result.
 */
export function explain(input: string): Explanation {
  const first = read(readText(input));
  if (first?.telling || !isBroken(input)) return first?.explanation ?? notRecognised;
  const rejoined = read(readText(input, 'nothing'));
  return (rejoined?.telling ? rejoined : (first ?? rejoined))?.explanation ?? notRecognised;
}

const isBroken = (input: string): boolean => input.length <= longestRejoined && input.trim().includes('\n');

interface Reading {
  readonly explanation: Explanation;
  /** Whether the text says why, or only that something failed. */
  readonly telling: boolean;
}

function read(text: Text): Reading | null {
  const matches = search(text);
  const root = rootOf(matches, text);
  if (!root || root.entry.meaning === null) return null;
  const meaning = meaningInContext(root.entry.meaning, root, matches, text);
  const { means, doesNotMean, stage, candidates } = meanings[meaning];
  const from = originOf(root, matches);
  const target = targetOf(root, matches, text, from);
  const message = messageName(root.entry.pattern);
  return {
    explanation: { schema: 'whoblocked/explain/1', message, from, means, doesNotMean, stage, candidates, target },
    telling: root.entry.kind === 'message',
  };
}

const notRecognised: Explanation = {
  schema: 'whoblocked/explain/1',
  message: null,
  from: 'unknown',
  means: 'This text is not recognised as an error message about a connection.',
  doesNotMean:
    'It does not mean that nothing is wrong. Paste the whole message with the lines around it, or run the diagnosis on the address itself.',
  stage: 'target',
  candidates: ['undetermined'],
  target: null,
};
