import type { Walk, WalkedPacket, WalkedStep } from '../engine/walk-firewall.js';
import { hostPort } from '../model/address.js';
import { clean } from '../report/clean.js';

/** So many rules in a row that do not match are shown one by one; of more only the ends. */
const mostInARow = 12;
const mostLines = 2_000;
const longest = 160;

/** The way of each packet, chain by chain, each rule that was tried and why it matched or not. */
export function walkText({ packets, rules, problems }: Walk, { verbose }: { readonly verbose: boolean }): string {
  const isRead = !problems.some(({ fatal }) => fatal);
  if (isRead && rules === 0 && packets.every(({ steps }) => steps.length === 0))
    return 'There is no rule on this computer: its firewall lets everything pass.\n';
  return packets.map((packet) => packetText(packet, verbose)).join('\n');
}

function packetText(packet: WalkedPacket, verbose: boolean): string {
  const body = verbose ? lines(packet) : shortened(lines(packet));
  const shown = body.slice(0, mostLines).map((line) => line.text.trimEnd());
  const more = body.length > mostLines ? [`  … and ${body.length - mostLines} more lines`] : [];
  return `${[title(packet), ...shown, ...more, ending(packet)].join('\n')}\n`;
}

function title({ flow, direction, packet }: WalkedPacket): string {
  const place = hostPort(flow.address, flow.port);
  const device = packet.hook === 'output' ? packet.out : packet.in;
  const by = device === undefined || device === '' ? '' : ` (${clean(device, 20)})`;
  const what = direction === 'out' ? `${flow.protocol} to ${place}` : `the answer of ${place}`;
  return `${what}, ${packet.hook === 'output' ? 'going out' : 'coming in'}${by}`;
}

interface Line {
  readonly text: string;
  /** A rule that did not match. */
  readonly passed: boolean;
}

const decided: ReadonlySet<string> = new Set(['drop', 'reject', 'queue', 'accept']);

function lines({ steps, decision }: WalkedPacket): Line[] {
  const found: Line[] = [];
  const inside: string[] = [];
  let hook = '';
  for (const step of steps) {
    const place = `${step.hook} ${step.family} ${step.table}`;
    if (step.did === 'enter') {
      inside.length = 0;
      if (step.hook !== hook) found.push({ text: `  ${step.hook}`, passed: false });
      hook = step.hook;
      const backend = step.backend === 'nft' ? '' : `, ${step.backend}`;
      found.push({ text: `    ${clean(`${step.family} ${step.table} ${step.chain}`, 100)}${backend}`, passed: false });
      inside.push(`${place} ${step.chain}`);
      continue;
    }
    const depth = Math.max(0, inside.indexOf(`${place} ${step.chain}`));
    inside.length = depth + 1;
    found.push(lineOf(step, depth, isDeciding(step, decision)));
    if ((step.did === 'jump' || step.did === 'goto') && step.note !== undefined) inside.push(`${place} ${step.note}`);
  }
  return found;
}

function isDeciding(step: WalkedStep, { rule, policy }: WalkedPacket['decision']): boolean {
  if (rule !== null)
    return (
      decided.has(step.did) && step.chain === rule.chain && step.table === rule.table && step.number === rule.number
    );
  return step.did === 'policy' && policy !== null && step.chain === policy.chain && step.table === policy.table;
}

const did: Readonly<Record<string, string>> = {
  'no match': 'no',
  perhaps: 'perhaps, and it would change nothing',
  match: 'matches, and goes on',
  accept: 'accepts it',
  drop: 'drops it',
  reject: 'rejects it',
  queue: 'hands it to a program',
  return: 'goes back',
  end: 'no rule decides: back',
  translate: 'changes its addresses',
  pass: 'lets it pass',
  assign: 'changes it',
};

function lineOf(step: WalkedStep, depth: number, deciding: boolean): Line {
  const { number, text, note } = step;
  const explains = step.did === 'no match' || step.did === 'perhaps' || step.did === 'translate';
  const because = note === undefined || !explains ? '' : `: ${clean(note, 80)}`;
  const towards = step.did === 'jump' || step.did === 'goto' ? `→ ${clean(note ?? '', 60)}` : undefined;
  const policy = step.did === 'policy' ? `policy: ${note ?? 'accept'}` : undefined;
  const result = `${towards ?? policy ?? did[step.did] ?? step.did}${because}`;
  const mark = deciding ? (step.did === 'accept' || note === 'accept' ? '✓' : '✗') : ' ';
  const indent = '  '.repeat(depth);
  const rule =
    number === undefined ? result : `${number} ${clean(withoutChain(text ?? '', step.chain), longest)}  [${result}]`;
  return { text: `  ${mark}   ${indent}${rule}`, passed: step.did === 'no match' };
}

/** The chain stands above it. */
function withoutChain(text: string, chain: string): string {
  return text.startsWith(`-A ${chain} `) ? text.slice(chain.length + 4) : text;
}

/** Long rows of rules that do not match say little each. */
function shortened(all: readonly Line[]): Line[] {
  const found: Line[] = [];
  for (let i = 0; i < all.length;) {
    let end = i;
    while (end < all.length && all[end]?.passed === true) end++;
    const row = all.slice(i, Math.max(end, i + 1));
    if (row.length > mostInARow) {
      const left = row.length - 4;
      const text = `        … ${left} more rules that do not match (--verbose shows them)`;
      found.push(...row.slice(0, 2), { text, passed: true }, ...row.slice(-2));
    } else found.push(...row);
    i += row.length;
  }
  return found;
}

function ending({ decision, owner }: WalkedPacket): string {
  const { verdict, why, how, to } = decision;
  const whose = owner === null ? '' : `, of ${owner.id}`;
  const result = {
    accept: 'It passes',
    drop: 'It is dropped',
    reject: `It is rejected${how === undefined ? '' : ` (${how})`}`,
    redirect: `It is led to ${clean(to ?? 'another place', 60)}`,
    queue: 'It is handed to a program, which decides',
    unknown: 'It cannot be told what happens',
  }[verdict];
  return `  ${result}: ${clean(why, 300)}${whose}.`;
}
