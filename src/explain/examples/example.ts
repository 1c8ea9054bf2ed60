/** A real-looking text and what must be read in it: who speaks, the message (a part of it), where, the first candidate. */
export type Example = readonly [
  from: string,
  message: string | null,
  stage: string,
  candidate: string,
  target: string | null,
  text: string,
];
