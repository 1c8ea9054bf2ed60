/**
 * whoblocked as a library.
 *
 * ```ts
 * import { diagnose } from 'whoblocked';
 * const report = await diagnose('https://example.com/');
 * ```
 */
export { diagnose, TargetError, type DiagnoseOptions, type ProgressEvent } from './engine/diagnose.js';
export { rejudge } from './engine/replay.js';
export { parseTarget } from './model/parse-target.js';
export { defaultOptions, defaultSettings, type Options, type Settings } from './model/settings.js';
export type { Facts, FactKey, FactValues } from './model/facts.js';
export type { Failure, Operation, Symptom } from './model/failure.js';
export type { Observed } from './model/observed.js';
export type { Judgement, Report, RemedyLine, Verdict } from './model/report.js';
export type { System } from './model/system.js';
export type { Target } from './model/target.js';
export type { Certainty, Culprit, CulpritKind, Outcome, RuleReference, Side, Stage } from './model/words.js';
