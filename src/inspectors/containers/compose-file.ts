import { unbracketed } from '../../model/address.js';
import type { ComposeFile, ComposePort, ComposeService } from '../../model/container-facts.js';
import type { System } from '../../model/system.js';

/** In this order Docker Compose looks for its file (compose-spec, "Compose file"). */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const mostBytes = 256 * 1024;
const mostLines = 5_000;
const mostServices = 64;
const mostEntries = 64;

/** The compose file of the folder that the command was called in; null without one. */
export async function composeFile({ files, environment }: System): Promise<ComposeFile | null> {
  const folder = environment('PWD');
  if (folder?.startsWith('/') !== true || folder.includes('\0') || folder.length > 1_000) return null;
  for (const name of names) {
    const location = `${folder.replace(/\/+$/, '')}/${name}`;
    // oxlint-disable-next-line no-await-in-loop -- the first that is there counts
    const read = await files.read(location, mostBytes);
    if (read.ok) return { location, ...parseCompose(Buffer.from(read.bytes).toString('utf8')) };
  }
  return null;
}

interface Line {
  readonly number: number;
  readonly indent: number;
  /** Without comment; `- ` at its beginning is part of it. */
  readonly text: string;
}

/**
 * Services with their ports and networks. Of YAML that much alone is read: maps and lists by indentation, one-line lists,
 * quoted words. What is written otherwise is left out, never guessed.
 */
export function parseCompose(text: string): Omit<ComposeFile, 'location'> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, mostLines)
    .flatMap(lineOf);
  const services = childrenOf(lines, -1).find(({ head }) => keyOf(head)?.key === 'services');
  if (!services) return { services: [] };
  return { services: childrenOf(services.body, services.head.indent).slice(0, mostServices).flatMap(serviceOf) };
}

function lineOf(raw: string, index: number): Line[] {
  const text = raw
    .slice(0, 1_000)
    .replace(/(^|\s)#.*$/, '')
    .trimEnd();
  const indent = text.search(/\S/);
  return indent < 0 || text.startsWith('---') ? [] : [{ number: index + 1, indent, text: text.slice(indent) }];
}

interface Block {
  readonly head: Line;
  readonly body: readonly Line[];
}

/** Lines at the first depth below, each with what is indented more than it. List items may stand as deep as their key. */
function childrenOf(lines: readonly Line[], above: number): Block[] {
  const [first] = lines;
  if (!first || first.indent < above) return [];
  const blocks: { head: Line; body: Line[] }[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const isItem = line.text.startsWith('- ') && !first.text.startsWith('- ');
    if (line.indent > first.indent || (isItem && line.indent === first.indent)) last?.body.push(line);
    else if (line.indent === first.indent) blocks.push({ head: line, body: [] });
    else break;
  }
  return blocks;
}

function keyOf({ text }: Line): { readonly key: string; readonly value: string } | null {
  const [, quoted, bare, value = ''] = /^(?:"([^"]{1,100})"|([\w.-]{1,100})):(?:\s+(.*))?$/.exec(text) ?? [];
  const key = quoted ?? bare;
  return key === undefined ? null : { key, value: value.trim() };
}

function serviceOf({ head, body }: Block): ComposeService[] {
  const name = keyOf(head)?.key;
  if (name === undefined) return [];
  const settings = childrenOf(body, head.indent);
  const setting = (key: string): Block | undefined => settings.find((one) => keyOf(one.head)?.key === key);
  const ports = itemsOf(setting('ports')).flatMap(portOf);
  const networks = setting('networks');
  const named = networks ? childrenOf(networks.body, networks.head.indent) : [];
  const asMap = named
    .filter(({ head: one }) => !one.text.startsWith('- '))
    .flatMap(({ head: one }) => keyOf(one)?.key ?? []);
  const asList = itemsOf(networks).flatMap(({ text }) => unquoted(text));
  return [{ name, line: head.number, ports, networks: [...asMap, ...asList].slice(0, mostEntries) }];
}

interface Item {
  readonly line: number;
  readonly text: string;
  /** Further keys of the same item. */
  readonly more: readonly Line[];
}

function itemsOf(block: Block | undefined): Item[] {
  if (!block) return [];
  const inline = /^\[(.*)\]$/.exec(keyOf(block.head)?.value ?? '')?.[1];
  if (inline !== undefined)
    return inline
      .split(',', mostEntries)
      .map((text) => ({ line: block.head.number, text: text.trim(), more: [] }))
      .filter(({ text }) => text !== '');
  const items: { line: number; text: string; more: Line[] }[] = [];
  for (const line of block.body) {
    const text = /^-\s+(.*)$/.exec(line.text)?.[1];
    if (text !== undefined) items.push({ line: line.number, text, more: [] });
    else items.at(-1)?.more.push(line);
  }
  return items.slice(0, mostEntries);
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `80`; or the long form with target, published and host_ip. */
function portOf({ line, text, more }: Item): ComposePort[] {
  const keys = new Map(
    [{ text, indent: 0, number: line }, ...more].flatMap((one) => {
      const pair = keyOf(one);
      return pair ? [[pair.key, unquoted(pair.value)] as const] : [];
    }),
  );
  const inside = numberIn(keys.get('target'));
  if (inside !== null) {
    if ((keys.get('protocol') ?? 'tcp') !== 'tcp') return [];
    return [{ line, inside, published: numberIn(keys.get('published')), address: keys.get('host_ip') ?? null }];
  }
  const [, address, published, target, protocol = 'tcp'] =
    /^(?:(\[[0-9a-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}):)?(?:(\d{1,5}):)?(\d{1,5})(?:\/(\w+))?$/i.exec(unquoted(text)) ?? [];
  const port = numberIn(target);
  if (port === null || protocol !== 'tcp') return [];
  return [
    {
      line,
      inside: port,
      published: numberIn(published),
      address: address === undefined ? null : unbracketed(address),
    },
  ];
}

function unquoted(text: string): string {
  return (
    /^"(.*)"$|^'(.*)'$/
      .exec(text)
      ?.slice(1)
      .find((one) => one !== undefined) ?? text
  );
}

function numberIn(text: string | undefined): number | null {
  const number = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number > 0 && number < 65_536 ? number : null;
}
