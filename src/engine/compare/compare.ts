import type { Comparison, Vantage } from '../../model/comparison.js';
import { fact } from '../../model/facts.js';
import type { Report } from '../../model/report.js';
import { diagnose, type DiagnoseOptions } from '../diagnose.js';
import { version } from '../version.js';
import { judgeComparison } from './judge-comparison.js';
import type { WayOut } from './ways-out.js';

type Options = DiagnoseOptions;

/** One look through each of these interfaces, one after the other: side by side they would be in each other's way. */
export async function throughEach(
  target: string,
  ways: readonly WayOut[],
  options: Options,
  onBegin?: (way: WayOut) => void,
): Promise<Vantage[]> {
  const found: Vantage[] = [];
  for (const way of ways) {
    if (options.signal?.aborted) break;
    onBegin?.(way);
    const report = await diagnose(target, { ...options, interface: way.interface });
    found.push({ name: way.interface, kind: 'interface', network: networkOf(report, way), report });
  }
  return found;
}

/** By whatever way the kernel chooses. */
export async function asUsual(
  target: string,
  kind: 'here' | 'switched',
  way: WayOut | undefined,
  options: Options,
): Promise<Vantage> {
  const report = await diagnose(target, options);
  const name =
    kind === 'switched' ? `the other network${way ? ` (${way.interface})` : ''}` : (way?.interface ?? 'here');
  return { name, kind, network: networkOf(report, way), report };
}

export function fromSaved(name: string, report: Report): Vantage {
  return { name, kind: 'saved', network: networkOf(report, undefined), report };
}

export function comparison(target: string, vantages: readonly Vantage[]): Comparison {
  return { schema: 'whoblocked/compare/1', version, target, verdict: judgeComparison(vantages), vantages };
}

function networkOf({ facts }: Report, way: WayOut | undefined): Vantage['network'] {
  const tries = (fact(facts, 'connect') ?? []).map(({ first }) => first);
  const source = tries.find((one) => one.localAddress !== null)?.localAddress ?? null;
  const route = fact(facts, 'device.routes')?.choices.find((choice) => choice.device !== null);
  return {
    interface: way?.interface ?? route?.device ?? null,
    gateway: way?.gateway ?? route?.via ?? null,
    source,
  };
}
