// `--check`: does a world really behave as its scenario says? Asked of curl, so that the truth stands without the command.
import type { Scenario } from '../scenario.js';
import { run, type Ran } from '../world/process.js';
import type { World } from '../world/world.js';
import { environmentOf, onDevice, type Command } from './execute.js';
import type { Identity } from './options.js';

export interface Checked {
  line: string;
  agrees: boolean;
}

/** What curl is told to fetch for a target as a user types it; null for a protocol that it does not speak. */
function urlOf(target: string): string | null {
  if (/^https?:/.test(target)) return target;
  if (target.startsWith('unix:')) return null;
  const ssh = /^ssh:\/\/([^:/]+)$/.exec(target);
  if (ssh !== null) return `telnet://${ssh[1]}:22`;
  if (target.includes('://')) return null;
  return /:\d+$/.test(target) ? `telnet://${target}` : `https://${target}/`;
}

function expectedOutcomes(scenario: Scenario, as: Identity): string[] {
  const expectations = scenario.expect[as];
  const allowed = 'anyOf' in expectations ? expectations.anyOf : [expectations];
  return [...new Set(allowed.map((one) => one.outcome))];
}

/** 63 is a body beyond the bound; a 404 is an answer too. */
function hasFetched(ran: Ran): boolean {
  if (ran.code === 0 || ran.code === 63) return true;
  return (ran.code === 22 && ran.stdout.startsWith('404')) || (ran.code === 28 && /^200 [1-9]/.test(ran.stdout));
}

/** A plain port: curl ends by its time-out after it has connected. */
function hasGreeted(ran: Ran, mustSpeak: boolean): boolean {
  if (ran.code !== 28 || /Connection timed out|Failed to connect/.test(ran.stderr)) return false;
  return !mustSpeak || !ran.stdout.endsWith(' 0');
}

export async function check(world: World, scenario: Scenario, command: Command, as: Identity): Promise<Checked> {
  const url = scenario.arguments?.[0] === 'inbound' ? null : urlOf(scenario.target);
  const name = `${scenario.side}/${scenario.id}`.padEnd(46);
  if (url === null) return { agrees: true, line: `· ${name} ${as.padEnd(4)} curl does not speak its protocol` };
  const plain = url.startsWith('telnet:');
  // Only a stapled answer can be asked for: where none is stapled, --cert-status itself fails.
  const status = JSON.stringify(scenario.services ?? {}).includes('"revoked"') ? ['--cert-status'] : [];
  const { arguments: given = [] } = scenario;
  const proxy = given.includes('--no-proxy') ? ['--noproxy', '*'] : [];
  const line = [
    'curl', '-q', '-sS', '-L', '--max-redirs', '8', '--fail', '-o', '/dev/null', '-w', '%{http_code} %{size_download}',
    '-m', plain ? '1' : '4', '--max-filesize', '100000', ...status, ...proxy, '--', url,
  ]; // prettier-ignore
  const ask = (): Promise<Ran> =>
    run(...onDevice(world, as, line), { environment: environmentOf(world, scenario, command, as) });
  let ran = await ask();
  if (scenario.shows === 'momentary-glitch') ran = await ask();
  const connected = plain ? hasGreeted(ran, scenario.target.startsWith('ssh:')) : hasFetched(ran);
  const wanted = expectedOutcomes(scenario, as);
  const agrees = wanted.some((outcome) => connected === (outcome !== 'failed'));
  const said = ran.stderr.trim().split('\n').at(-1)?.slice(0, 110) ?? '';
  const took = `${String(Math.round(ran.ms)).padStart(6)} ms`;
  return {
    agrees,
    line: `${agrees ? '✓' : '✗'} ${name} ${as.padEnd(4)} ${took}  ${wanted.join('|').padEnd(9)} curl ${String(ran.code).padStart(2)}  ${said}`,
  };
}
