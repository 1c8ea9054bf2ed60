import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import type { InboundQuestion } from '../model/inbound.js';
import { inboundOf } from './inbound-arguments.js';
import { oneSlipApart } from '../model/schemes.js';
import { belongToRepair, repairOptions, type RepairCall } from './repair-arguments.js';
import { pauseCallOf, repairCallOf } from './repair-call.js';
import { type QuarantineCall, quarantineOf } from './quarantine-arguments.js';
import { fileOf, interfaceOf, oneInterface, protocolOf, timeoutOf, userOf } from './option-values.js';
import { only } from './only-word.js';
import { programOf, targetAs } from './program-arguments.js';
import { belongToReport, type ReportCall, reportOf } from './report-arguments.js';
import { WrongWords } from './wrong-words.js';

export interface Flags {
  readonly json: boolean;
  readonly redact: boolean;
  /** Where one self-contained page goes. */
  readonly html: string | null;
  readonly verbose: boolean;
  readonly config: string | null;
  readonly timeoutMs: number | null;
  readonly references: boolean;
  readonly trace: boolean;
  readonly thorough: boolean;
  readonly browser: boolean;
  readonly family: 0 | 4 | 6;
  readonly interface: string | null;
  /** As whom root probes. */
  readonly as: string | null;
  readonly proxy: 'auto' | 'none' | { readonly url: string };
}

const rulesFormats = ['auto', 'nft-json', 'iptables-save'] as const;
type RulesFormat = (typeof rulesFormats)[number];
type Protocol = InboundQuestion['protocol'];

export type Call =
  | { readonly command: 'diagnose'; readonly target: string; readonly flags: Flags }
  | {
      readonly command: 'as-program';
      readonly program: { readonly kind: 'app' | 'container'; readonly name: string };
      /** Null: what it is trying to open now. */
      readonly target: string | null;
      readonly flags: Flags;
    }
  | { readonly command: 'run'; readonly line: readonly [string, ...string[]]; readonly flags: Flags }
  /** Started by this program itself: a request comes by standard input. */
  | { readonly command: 'probe-from-place' }
  /** Started by this program itself, as root: requests come by standard input. */
  | { readonly command: 'root-step' }
  | { readonly command: 'replay'; readonly file: string; readonly flags: Flags }
  | ReportCall
  | { readonly command: 'explain'; readonly text: string | null; readonly json: boolean }
  | { readonly command: 'rules'; readonly ruleset: string; readonly packets: string; readonly format: RulesFormat }
  | {
      readonly command: 'rules-target';
      readonly target: string;
      readonly protocol: Protocol;
      readonly family: 0 | 4 | 6;
      readonly json: boolean;
      readonly verbose: boolean;
    }
  | {
      readonly command: 'inbound';
      readonly port: number;
      readonly question: InboundQuestion;
      readonly flags: Flags;
    }
  | {
      readonly command: 'compare';
      readonly target: string;
      /** None: every one with a way out. */
      readonly interfaces: readonly string[];
      /** Saved reports. */
      readonly saved: readonly string[];
      readonly guided: boolean;
      readonly flags: Flags;
    }
  | RepairCall
  | QuarantineCall
  | { readonly command: 'help'; readonly about: string | null }
  | { readonly command: 'version' };

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  json: { type: 'boolean' },
  redact: { type: 'boolean' },
  html: { type: 'string' },
  verbose: { type: 'boolean', short: 'v' },
  config: { type: 'string' },
  timeout: { type: 'string' },
  'no-references': { type: 'boolean' },
  'no-trace': { type: 'boolean' },
  thorough: { type: 'boolean' },
  browser: { type: 'boolean' },
  ipv4: { type: 'boolean', short: '4' },
  ipv6: { type: 'boolean', short: '6' },
  interface: { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  guided: { type: 'boolean' },
  as: { type: 'string' },
  proxy: { type: 'string' },
  'no-proxy': { type: 'boolean' },
  ruleset: { type: 'string' },
  packets: { type: 'string' },
  format: { type: 'string' },
  proto: { type: 'string' },
  from: { type: 'string' },
  names: { type: 'boolean' },
  ...repairOptions,
  app: { type: 'string' },
  yara: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

type Option = keyof typeof options;
type Values = ReturnType<typeof parse>['values'];

/** Which options mean something to which command; any other is a mistake of whoever typed it. */
const belong = {
  diagnose: [
    'json',
    'redact',
    'html',
    'verbose',
    'config',
    'timeout',
    'no-references',
    'no-trace',
    'thorough',
    'browser',
    'ipv4',
    'ipv6',
    'interface',
    'as',
    'proxy',
    'no-proxy',
    'app',
    'from',
  ],
  run: ['json', 'redact', 'verbose', 'config', 'timeout', 'no-references', 'no-trace', 'thorough', 'as'],
  replay: ['json', 'redact', 'html', 'verbose'],
  report: belongToReport,
  explain: ['json'],
  rules: ['ruleset', 'packets', 'format', 'json'],
  rulesTarget: ['proto', 'json', 'verbose', 'ipv4', 'ipv6'],
  compare: [
    'json',
    'redact',
    'config',
    'timeout',
    'no-references',
    'no-trace',
    'thorough',
    'ipv4',
    'ipv6',
    'interface',
    'with',
    'guided',
    'as',
    'proxy',
    'no-proxy',
  ],
  quarantine: ['json', 'i-accept-the-risk', 'config', 'yara'],
  inbound: ['proto', 'from', 'json', 'redact', 'html', 'verbose', 'config', 'timeout'],
} as const satisfies Readonly<Record<string, readonly Option[]>>;

/** The words of a call; throws WrongWords with what to type instead. Nothing typed is repeated: it may hold a secret. */
export function parseCall(argv: readonly string[]): Call {
  if (argv[0] === 'pause') return pauseOf(argv);
  if (argv.length === 1 && argv[0] === probeWord) return { command: 'probe-from-place' };
  if (argv.length === 1 && argv[0] === rootWord) return { command: 'root-step' };
  const run = runOf(argv);
  if (run) return run;
  const { values, positionals } = parse(argv);
  if (values.help) return helpAbout(positionals[0]);
  if (values.version) return { command: 'version' };
  const [first, ...rest] = positionals;
  if (first === 'help' && rest.length <= 1) return helpAbout(rest[0]);
  if (first === 'replay') {
    refuseOthers(values, belong.replay);
    return {
      command: first,
      file: only(rest, 'replay needs one file: whoblocked replay report.json'),
      flags: flagsOf(values),
    };
  }
  if (first === 'report') {
    refuseOthers(values, belong.report);
    return reportOf({ whom: values.for, from: values.from, names: values.names }, rest, flagsOf(values));
  }
  if (first === 'explain') {
    refuseOthers(values, belong.explain);
    return { command: first, text: rest.length === 0 ? null : rest.join(' '), json: values.json === true };
  }
  if (first === 'rules') return rulesOf(values, rest);
  if (first === 'inbound') {
    refuseOthers(values, belong.inbound);
    return {
      command: first,
      ...inboundOf(values.proto, values.from, only(rest, 'say which port, such as whoblocked inbound 8080')),
      flags: flagsOf(values),
    };
  }
  if (first === 'compare') return compareOf(values, rest);
  if (first === 'fix' || first === 'undo' || first === 'changes' || first === 'reset' || first === 'watchdog')
    return repairOf(first, values, rest);
  if (first === 'quarantine') {
    refuseOthers(values, belong.quarantine);
    return quarantineOf(rest, {
      json: values.json === true,
      accepted: values['i-accept-the-risk'] === true,
      config: values.config ?? null,
      yara: values.yara ?? null,
    });
  }
  refuseOthers(values, belong.diagnose);
  const program = programOf(values);
  if (program)
    return { command: 'as-program', program, target: targetAs(program, positionals), flags: flagsOf(values) };
  const without = 'say what to reach, such as whoblocked https://example.com (--help shows more)';
  const many =
    rest.length === 1 ? 'one target at a time; host and port belong together: host:port' : 'one target at a time';
  return {
    command: 'diagnose',
    target: only(positionals, first === undefined ? without : many),
    flags: flagsOf(values),
  };
}

/** The word by which this program starts itself as root. */
export const rootWord = '--root-step';

/** The word by which this program starts itself where another program stands. */
export const probeWord = '--probe-from-place';

/** `run [OPTIONS] -- COMMAND…`: what stands behind the two dashes is the command's, options and all. */
function runOf(argv: readonly string[]): Extract<Call, { command: 'run' }> | null {
  if (!argv.includes('run')) return null;
  const dashes = argv.indexOf('--');
  const { values, positionals } = parse(dashes < 0 ? argv : argv.slice(0, dashes));
  if (positionals[0] !== 'run' || values.help) return null;
  const how = 'write whoblocked run -- COMMAND, such as whoblocked run -- curl https://example.com';
  const [program, ...words] = dashes < 0 ? [] : argv.slice(dashes + 1);
  if (positionals.length > 1 || program === undefined || program === '') throw new WrongWords(how);
  refuseOthers(values, belong.run);
  return { command: 'run', line: [program, ...words], flags: flagsOf(values) };
}

function parse(
  argv: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongWords(whyNot(error, argv));
  }
}

/** Node's own messages repeat what was typed. */
function whyNot(error: unknown, argv: readonly string[]): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const named = /'(?:-\w, )?(--[a-z-]{1,20})(?: <value>)?'/.exec(error instanceof Error ? error.message : '')?.[1];
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && named !== undefined) {
    const takes = Object.entries(options).some(([name, option]) => `--${name}` === named && option.type === 'string');
    return takes ? `${named} needs a value, such as ${named}=VALUE` : `${named} takes no value`;
  }
  const meant = argv.map(optionMeant).find((option) => option !== undefined);
  return meant === undefined
    ? 'unknown option (--help shows all)'
    : `unknown option: is ${meant} meant? (--help shows all)`;
}

function optionMeant(word: string): string | undefined {
  const typed = /^--([a-z-]{2,20})(?:=|$)/.exec(word)?.[1];
  if (typed === undefined || typed in options) return undefined;
  const meant = Object.keys(options).find((name) => oneSlipApart(name, typed));
  return meant === undefined ? undefined : `--${meant}`;
}

/** What is told only of a command; a target that was typed too is none. */
function helpAbout(word: string | undefined): Call {
  return { command: 'help', about: word !== undefined && /^[a-z]+$/.test(word) ? word : null };
}

function refuseOthers(values: Values, belonging: readonly string[]): void {
  const extra = Object.keys(values).find((name) => !belonging.includes(name));
  if (extra !== undefined) throw new WrongWords(`--${extra} does not belong to this command (--help shows what does)`);
}

/** Of a target the firewall of this computer is asked, of a file the firewall that was saved in it. */
function rulesOf(values: Values, rest: readonly string[]): Call {
  const { ruleset, packets, format = 'auto' } = values;
  const [target] = rest;
  if (target !== undefined && ruleset === undefined && packets === undefined) {
    refuseOthers(values, belong.rulesTarget);
    const { family, json, verbose } = flagsOf(values);
    const protocol = protocolOf(values.proto) ?? 'tcp';
    return { command: 'rules-target', target: only(rest, 'one target at a time'), protocol, family, json, verbose };
  }
  refuseOthers(values, belong.rules);
  if (ruleset === undefined || packets === undefined || rest.length > 0) {
    throw new WrongWords('write whoblocked rules TARGET, or whoblocked rules --ruleset FILE --packets FILE');
  }
  const known = rulesFormats.find((name) => name === format);
  if (known === undefined) throw new WrongWords('--format is nft-json, iptables-save or auto');
  return { command: 'rules', ruleset, packets, format: known };
}

/** What stands behind `--` is not ours. */
function pauseOf(argv: readonly string[]): Call {
  const at = argv.indexOf('--');
  const { values, positionals } = parse(at < 0 ? argv : argv.slice(0, at));
  if (values.help) return helpAbout('pause');
  const [, what, target = null, ...more] = positionals;
  const [program, ...args] = at < 0 ? [] : argv.slice(at + 1);
  refuseOthers(values, [
    ...belongToRepair.pause,
    ...belong.diagnose.filter((name) => !['html', 'redact', 'verbose'].includes(name)),
  ]);
  return pauseCallOf(
    values,
    { what, target, more, words: program === undefined ? null : [program, ...args] },
    flagsOf(values),
  );
}

function repairOf(command: Exclude<RepairCall['command'], 'pause'>, values: Values, rest: readonly string[]): Call {
  const own = belongToRepair[command];
  refuseOthers(
    values,
    command === 'fix'
      ? [...own, ...belong.diagnose.filter((name) => !['html', 'redact', 'verbose'].includes(name))]
      : own,
  );
  return repairCallOf(command, values, rest, command === 'fix' ? flagsOf(values) : null);
}

const mostCompared = 8;

function compareOf(values: Values, rest: readonly string[]): Call {
  refuseOthers(values, belong.compare);
  const target = only(rest, 'say what to compare, such as whoblocked compare https://example.com');
  const interfaces = (values.interface ?? []).flatMap((name) => interfaceOf(name) ?? []);
  const { with: saved = [], guided = false, interface: _names, ...others } = values;
  if (guided && interfaces.length > 0)
    throw new WrongWords('--guided looks by the way that this computer takes anyway: leave --interface out');
  if (interfaces.length > mostCompared || saved.length > mostCompared)
    throw new WrongWords(`at most ${mostCompared} interfaces and ${mostCompared} reports at a time`);
  if (saved.includes('')) throw new WrongWords('--with needs a file, such as --with report.json');
  return { command: 'compare', target, interfaces, saved, guided, flags: flagsOf(others) };
}

function flagsOf(values: Values): Flags {
  if (values.ipv4 && values.ipv6) throw new WrongWords('-4 and -6 exclude each other');
  if (values.proxy !== undefined && values['no-proxy'])
    throw new WrongWords('--proxy and --no-proxy exclude each other');
  return {
    json: values.json === true,
    redact: values.redact === true,
    html: fileOf(values.html),
    verbose: values.verbose === true,
    config: values.config ?? null,
    timeoutMs: timeoutOf(values.timeout),
    references: values['no-references'] !== true,
    trace: values['no-trace'] !== true,
    thorough: values.thorough === true,
    browser: values.browser === true,
    family: values.ipv4 ? 4 : values.ipv6 ? 6 : 0,
    interface: oneInterface(values.interface),
    as: userOf(values.as),
    proxy: values['no-proxy'] ? 'none' : values.proxy === undefined ? 'auto' : { url: values.proxy },
  };
}
