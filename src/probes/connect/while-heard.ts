import type { Context } from '../../model/gatherer.js';
import type { AnswerHead } from '../../model/links.js';

/**
 * Does something while what comes from an address is listened to. Without the right to listen (CAP_NET_RAW) it is done all
 * the same, and there are no heads. Nothing more is sent for it.
 */
export async function whileHeard<T>(
  address: string,
  { system: { links }, signal }: Context,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly heads?: readonly AnswerHead[] }> {
  if (!links) return { result: await work() };
  const end = new AbortController();
  let hearing: Promise<readonly AnswerHead[] | string> | undefined;
  await new Promise<void>((ready) => {
    hearing = links.answers(address, AbortSignal.any([signal, end.signal]), ready);
    void hearing.then(() => ready());
  });
  try {
    const result = await work();
    end.abort();
    const heads = await hearing;
    return { result, ...(Array.isArray(heads) && heads.length > 0 && { heads: heads as readonly AnswerHead[] }) };
  } finally {
    end.abort();
  }
}
