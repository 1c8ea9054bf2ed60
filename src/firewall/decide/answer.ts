/** Of a condition, when not all of the packet is known. */
export type Answer = 'yes' | 'no' | 'maybe';

export function not(answer: Answer): Answer {
  return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'maybe';
}

export function answerOf(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}

/** All of them hold. */
export function every<T>(parts: readonly T[], test: (part: T) => Answer): Answer {
  let result: Answer = 'yes';
  for (const part of parts) {
    const answer = test(part);
    if (answer === 'no') return 'no';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

/** At least one of them holds. */
export function some<T>(parts: readonly T[], test: (part: T) => Answer): Answer {
  let result: Answer = 'no';
  for (const part of parts) {
    const answer = test(part);
    if (answer === 'yes') return 'yes';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}
