import { diagnose } from '../engine/diagnose.js';
import type { Verdict } from '../model/report.js';
import { renderChangesJson } from '../report/changes.js';
import { clean, inert } from '../report/clean.js';
import { provenBy, showedBy } from '../report/pause-proof.js';
import { labelled } from '../report/text.js';
import { openSystem } from '../system/open-system.js';
import { optionsOf, proxyOf, whoProbes } from './diagnose.js';
import { exitCodes } from './exit-codes.js';
import { print } from './output.js';
import { type PauseCall, targetOf } from './pause-target.js';
import { tried } from './pause-terms.js';
import type { Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** Every spelling that programs read (curl, Python, Node, Go). */
const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'ftp_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** Nothing is changed: this command alone, and our own probe, do without the proxy. */
export async function pauseProxy(call: PauseCall, stop: Stop): Promise<number> {
  const { words, flags } = call;
  const target = targetOf(call);
  if (words === null && target === null) throw new WrongWords('say what to try: whoblocked pause proxy -- COMMAND');
  const measure = async (proxy: string | null | false): Promise<Verdict | undefined> => {
    if (target === null) return undefined;
    const system = await openSystem({ asUser: whoProbes(flags.as) });
    const options = { ...(await optionsOf(flags, system)), proxy, system, signal: stop.signal };
    return (await diagnose(target.input, options)).verdict;
  };
  const before = await measure(proxyOf(flags));
  let code: number | null = null;
  if (words !== null) {
    const end = AbortSignal.any([stop.signal, AbortSignal.timeout(call.forMs)]);
    code = await tried(call, words, end, proxyVariables);
  }
  const during = await measure(false);
  const isWorth = before?.outcome === 'failed' && during !== undefined && during.outcome !== 'failed';
  const after = isWorth ? await measure(proxyOf(flags)) : undefined;
  const ended = code === null ? [] : [`without the proxy variables the command ends with ${code}`];
  const tries = before === undefined ? null : { before, during, after };
  const said = [...ended, ...(tries === null ? [] : [showedBy('proxy', tries)])];
  const proof = tries === null ? null : provenBy('proxy', tries);
  const works = code === 0 || (code === null && during !== undefined && during.outcome !== 'failed');
  if (flags.json) {
    const verdicts = { ...(before && { before: proof ?? before }), ...(during && { after: during }) };
    await print(renderChangesJson({ changes: [], ...verdicts, why: said.join('; ') }));
  } else {
    const who = proof === null ? [] : labelled('proven', clean(proof.summary, 300), 80).map(({ text }) => text);
    const lines = [`${works ? '✓' : '✗'} ${clean(said.join('; '), 400)}; nothing was changed.`, ...who];
    process.stderr.write(`${lines.map(inert).join('\n')}\n`);
  }
  return stop.code() ?? code ?? (works ? exitCodes.works : exitCodes.named);
}
