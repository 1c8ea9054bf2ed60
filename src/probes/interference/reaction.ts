import { parseHttpAnswer } from '../names/references/http-answer.js';
import type { InterferenceTrial } from '../../model/interference.js';
import type { ConverseResult } from '../../model/converse.js';

type Reaction = Pick<InterferenceTrial, 'reaction' | 'status' | 'location' | 'bodyHead'>;

const longest = { words: 80, location: 300, body: 1200 };
const handshakeRecord = 22;
const alertRecord = 21;

/** What came back, in a form in which two equal answers are equal. */
export function reactionOf({ ending, bytes }: ConverseResult, name: string | null): Reaction {
  if (ending !== 'answered') return { reaction: ending };
  if (bytes[1] === 3 && bytes[0] === handshakeRecord) return { reaction: 'handshake' };
  if (bytes[1] === 3 && bytes[0] === alertRecord) return { reaction: `alert ${bytes[6] ?? '?'}` };
  const answer = parseHttpAnswer(Buffer.from(bytes), true);
  if (answer === null || answer === 'not-http') return { reaction: 'other' };
  const location = answer.location === null ? '' : withoutName(answer.location, name).replace(/[?#].*$/s, '');
  const words = withoutName(wordsOf(answer.body), name);
  return {
    reaction: ['HTTP', answer.status, location, words].filter((part) => part !== '').join(' '),
    status: answer.status,
    ...(answer.location !== null && { location: answer.location.replace(/[?#].*$/s, '').slice(0, longest.location) }),
    bodyHead: answer.body.slice(0, longest.body),
  };
}

/** The title of a page, or how its text begins; numbers of requests and times of day are left out. */
function wordsOf(body: string): string {
  const head = body.slice(0, 4096);
  const title = /<title[^>]{0,100}>([^<]{1,300})/i.exec(head)?.[1];
  const text = title ?? head.replace(/<[^>]{0,1000}>/g, ' ');
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[0-9a-f]{6,}|\d{2,}/gi, '#')
    .slice(0, longest.words);
}

function withoutName(text: string, name: string | null): string {
  return name === null ? text : text.toLowerCase().replaceAll(name.toLowerCase(), '*');
}
