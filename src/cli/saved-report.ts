import type { Facts } from '../model/facts.js';
import type { Report } from '../model/report.js';
import { clean } from '../report/clean.js';
import { readInput } from './input.js';
import { WrongWords } from './wrong-words.js';

/** A report that was saved with --json, from anybody. Throws WrongWords for anything else. */
export async function savedReport(file: string): Promise<Report> {
  return reportIn(await readInput(file), clean(file, 100));
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
