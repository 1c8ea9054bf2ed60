import { rejudge } from '../engine/replay.js';
import type { Facts } from '../model/facts.js';
import type { Report } from '../model/report.js';
import { clean } from '../report/clean.js';
import type { Call } from './arguments.js';
import { readInput } from './input.js';
import { show } from './show.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked replay FILE`: judges saved facts again, without a network. The file may come from anybody. */
export async function replayCommand(call: Extract<Call, { command: 'replay' }>, script: string): Promise<number> {
  const saved = reportIn(await readInput(call.file), clean(call.file, 100));
  let judged: Report;
  try {
    judged = { ...saved, ...(await rejudge(saved.facts)) };
  } catch (error) {
    // Causes trust the types of facts; whatever breaks them has another shape than a report.
    const why = error instanceof Error ? error.message : String(error);
    throw new WrongWords(`${clean(call.file, 100)}: its facts have another shape than expected (${why})`);
  }
  const same = judged.verdict.cause === saved.verdict.cause;
  return show({ ...judged, remedies: same ? saved.remedies : [] }, call.flags, script);
}

function reportIn(text: string, file: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WrongWords(`${file}: is not JSON`);
  }
  if (!isReport(json)) throw new WrongWords(`${file}: is no report of whoblocked (made with --json)`);
  return json;
}

/** Deep enough for what the renderers read outside facts; facts are checked by judging them. */
function isReport(json: unknown): json is Report {
  if (!isObject(json) || json['schema'] !== 'whoblocked/report/1') return false;
  const { as: identity, target, verdict, facts, remedies } = json;
  return (
    [json['version'], json['startedAt']].every((one) => typeof one === 'string') &&
    [json['elapsedMs'], json['packets']].every((one) => typeof one === 'number') &&
    isObject(identity) &&
    (typeof identity['user'] === 'string' || identity['user'] === null) &&
    isTexts(identity['privileges']) &&
    isObject(target) &&
    [target['input'], target['scheme'], target['host']].every((one) => typeof one === 'string') &&
    typeof target['port'] === 'number' &&
    isTexts(target['addresses']) &&
    isObject(verdict) &&
    typeof verdict['cause'] === 'string' &&
    isFacts(facts) &&
    Array.isArray(remedies) &&
    remedies.every((one) => isObject(one) && ['title', 'risk', 'needs'].every((key) => typeof one[key] === 'string'))
  );
}

function isFacts(json: unknown): json is Facts {
  if (!isObject(json) || !isObject(json['target'])) return false;
  const { target } = json;
  const texts = ['input', 'scheme', 'host', 'path', 'transport', 'protocol'].every(
    (key) => typeof target[key] === 'string',
  );
  return texts && typeof target['port'] === 'number' && Object.values(json).every(isObject);
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isTexts(json: unknown): json is string[] {
  return Array.isArray(json) && json.every((one) => typeof one === 'string');
}
