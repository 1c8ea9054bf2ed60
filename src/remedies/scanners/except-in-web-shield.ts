import { fact } from '../../model/facts.js';
import type { AddedLine } from '../../model/file-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { System } from '../../model/system.js';

/** The settings that Squid itself works by, or why they cannot be changed. */
type Looks = { readonly lines: readonly string[] } | { readonly whyNot: string };

const settings = '/etc/squid/squid.conf';
const mostBytes = 1024 * 1024;
const mostLines = 20_000;

/** The web shield (Squid) does not have this one page scanned, or does not look into the connections to this one host. */
export const remedy: Remedy<Looks> = {
  id: 'except-in-web-shield',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'makes an exception in the web shield for this page alone',
  offers: (ailment) => isSquid(ailment) && isBlocked(ailment),
  async look(_ailment, { system }) {
    return readSettings(system);
  },
  plan(ailment, looks): Plan | { readonly whyNot: string } {
    if (!isSquid(ailment)) return { whyNot: 'it is not Squid that stands between: its own settings have to say so' };
    if ('whyNot' in looks) return looks;
    const scans = ailment.verdict.cause === 'antivirus-blocks-url';
    if (scans && !isBlocked(ailment)) return { whyNot: 'it blocks nothing: its scanner does not answer' };
    return scans ? unscanned(ailment, looks.lines) : unread(ailment, looks.lines);
  },
};

function unscanned({ target, verdict }: Ailment, lines: readonly string[]): Plan | { readonly whyNot: string } {
  const services = servicesOf(lines);
  const first = lines.findIndex((line) => accessOf(line) !== null);
  if (first < 0 || services.length === 0)
    return { whyNot: `no line of ${settings} says what is scanned (adaptation_access): it stands elsewhere` };
  const { scheme, host, port, path } = target;
  const page = { is: 'squid-page', host, port, path: path === '' ? '/' : path } as const;
  const words: AddedLine[] = [...services.map((service) => ({ is: 'squid-unscanned', service }) as const), page];
  return {
    title: `has Squid pass on ${scheme}://${host}${path} without having it scanned`,
    operations: [{ kind: 'file-lines', file: 'squid/squid.conf', edits: addedAbove(first, words, lines) }],
    opens: [],
    wider: false,
    mayCutOff: false,
    notes: [
      'whoever opens that page from behind this shield gets it unscanned; all other pages are scanned as ever',
      'Squid reads its settings again: connections that are open stay',
    ],
    blockLooksRight: `${verdict.culprit?.owner ?? 'the shield'} found ${verdict.culprit?.name ?? 'something'} in it, and no other scanner has called it clean`,
  };
}

function unread({ target: { host, literal } }: Ailment, lines: readonly string[]): Plan | { readonly whyNot: string } {
  if (literal !== 0) return { whyNot: 'Squid tells hosts apart by their names, and an address has none' };
  const first = lines.findIndex((line) => /^\s*ssl_bump\s+(?:bump|stare)\b/.test(line));
  if (first < 0) return { whyNot: `no line of ${settings} says what is looked into (ssl_bump): it stands elsewhere` };
  return {
    title: `has Squid pass on encrypted connections to ${host} as they are`,
    operations: [
      {
        kind: 'file-lines',
        file: 'squid/squid.conf',
        edits: addedAbove(first, [{ is: 'squid-splice' }, { is: 'squid-host', host }], lines),
      },
    ],
    opens: [`what comes from ${host} is no longer scanned, for everybody behind this shield`],
    wider: false,
    mayCutOff: false,
    notes: ['your programs see the site’s own certificate again; Squid reads its settings again'],
    blockLooksRight: 'somebody set the shield up to look into every connection, and this one would be left out',
  };
}

/** The last one comes to stand first. */
function addedAbove(first: number, words: readonly AddedLine[], lines: readonly string[]) {
  const was = first === 0 ? '' : (lines[first - 1] ?? '');
  return words.map((what) => ({ do: 'add', below: first, was, what }) as const);
}

/** `adaptation_access SERVICE allow|deny …` */
function accessOf(line: string): string | null {
  return /^\s*adaptation_access\s+([A-Za-z_][\w.-]{0,63})\s+(?:allow|deny)\b/.exec(line)?.[1] ?? null;
}

/** Services that see what comes back; of a set or chain of them it is not told here, so they count. */
function servicesOf(lines: readonly string[]): string[] {
  const onlyAsks = new Set(
    lines.flatMap((line) => /^\s*(?:icap|ecap)_service\s+(\S+)\s+reqmod_precache\b/.exec(line)?.[1] ?? []),
  );
  const names = lines.flatMap((line) => accessOf(line) ?? []);
  return [...new Set(names)].filter((name) => !onlyAsks.has(name)).slice(0, 8);
}

/** The program at the other end of our own connection, or the proxy on this computer that was set. */
function isSquid({ verdict, facts }: Ailment): boolean {
  const held = [verdict.culprit?.owner ?? '', verdict.culprit?.name ?? ''].some((word) => /\bsquid\b/i.test(word));
  return held || (fact(facts, 'connect.localEnd') ?? []).some(({ end }) => end?.process?.startsWith('squid') === true);
}

function isBlocked({ verdict }: Ailment): boolean {
  return verdict.cause !== 'antivirus-blocks-url' || verdict.culprit?.kind === 'signature';
}

/** Squid has to run by that very file: one that was started with another one would never see the exception. */
async function readSettings(system: System): Promise<Looks> {
  const checked = await system.run('squid', ['-k', 'check'], { timeoutMs: 10_000 });
  if (checked.exit !== 0) return { whyNot: `no Squid runs by ${settings}` };
  const read = await system.files.read(settings, mostBytes);
  if (!read.ok || read.truncated) return { whyNot: `${settings} cannot be read` };
  const lines = Buffer.from(read.bytes).toString('utf8').split('\n', mostLines);
  return { lines: lines.map((line) => line.replace(/\r$/, '')) };
}
