import { ownHome } from '../../inspectors/accounts/home.js';
import { settingsInFiles } from '../../inspectors/proxies/proxy-settings.js';
import { settingOf } from '../../model/choose-proxy.js';
import { fact } from '../../model/facts.js';
import {
  editableFile,
  type EditableFile,
  type FileLines,
  type LineEdit,
  ownFile,
} from '../../model/file-operations.js';
import type { ProxyServer, ProxySetting } from '../../model/proxy-facts.js';
import type { Ailment } from '../../model/remedy.js';
import type { System } from '../../model/system.js';

/** A line that sets the proxy in question. */
export interface SettingLine {
  readonly file: EditableFile;
  readonly number: number;
  /** Its text; null where it holds what is no text. */
  readonly text: string | null;
  readonly setting: ProxySetting;
}

export interface SettingLooks {
  readonly lines: readonly SettingLine[];
  /** Files that set it, whole, by name. */
  readonly texts: Readonly<Partial<Record<EditableFile, string>>>;
  /** Of the user's own: files of this computer set the same proxy too. */
  readonly elsewhere?: boolean;
  /** Variables of this session that set that same proxy, and no_proxy as it is now. */
  readonly variables: readonly string[];
  readonly noProxy: { readonly name: string; readonly value: string } | null;
}

/** Files of this computer, which root changes; or the user's own, which nobody else does. */
export type Where = 'system' | 'home';

const mostBytes = 64 * 1024;
const mostLines = 32;
const variables = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'HTTP_PROXY'];

/** The setting by which the target went through the proxy that is blamed; null where it is another kind of setting. */
export function blamedSetting({ verdict: { culprit }, facts }: Ailment): ProxySetting | null {
  if (culprit?.kind !== 'setting' && culprit?.kind !== 'proxy') return null;
  const used = fact(facts, 'proxy.way')?.setting ?? fact(facts, 'proxy.choice')?.setting ?? null;
  return used !== null && used.name === culprit.name && used.location === culprit.location ? used : null;
}

export function isFromEnvironment(setting: ProxySetting | null): setting is ProxySetting & { server: ProxyServer } {
  return setting?.location === 'environment' && setting.server !== null;
}

/** A variable may come from a file of this computer: where the files were read and none sets that proxy, it does not. */
export function mayStandInFile(ailment: Ailment): boolean {
  const setting = blamedSetting(ailment);
  if (!isFromEnvironment(setting)) return false;
  const read = fact(ailment.facts, 'proxy.settings')?.settings;
  return read?.some((one) => one.location !== 'environment' && isSame(one, setting)) ?? true;
}

/** Lines of files that set the very same proxy: for every session, and for programs with settings of their own. */
export async function lookForLines(setting: ProxySetting | null, system: System, where: Where): Promise<SettingLooks> {
  const home = where === 'home' ? ownHome(system) : null;
  const texts: Partial<Record<EditableFile, string>> = {};
  const lines: SettingLine[] = [];
  const all = where === 'home' && home === null ? [] : await settingsInFiles(system, home);
  for (const found of all) {
    const [, path = '', number = ''] = /^(\/.{1,600}):(\d{1,7})$/.exec(found.location) ?? [];
    const isOwn = home !== null && path.startsWith(`${home}/`);
    const file = home === null ? editableFile(path) : isOwn ? ownFile(path.slice(home.length + 1)) : null;
    if (file === null || !isSame(found, setting) || lines.length >= mostLines) continue;
    if (texts[file] === undefined) {
      const read = await system.files.read(path, mostBytes);
      if (!read.ok || read.truncated) continue;
      texts[file] = Buffer.from(read.bytes).toString('utf8');
    }
    const text = texts[file]?.split('\n')[Number(number) - 1]?.replace(/\r$/, '') ?? null;
    lines.push({ file, number: Number(number), text: text?.includes('\u{FFFD}') ? null : text, setting: found });
  }
  const set = (name: string): string => system.environment(name)?.trim() ?? '';
  const noProxy = ['no_proxy', 'NO_PROXY'].find((name) => set(name) !== '');
  const elsewhere = home !== null && (await settingsInFiles(system)).some((one) => isSame(one, setting));
  return {
    lines,
    ...(elsewhere && { elsewhere }),
    texts,
    variables: variables.filter((name) => isNamed(set(name), setting)),
    noProxy: noProxy === undefined ? null : { name: noProxy, value: set(noProxy) },
  };
}

function isSame({ server }: ProxySetting, setting: ProxySetting | null): boolean {
  const wanted = setting?.server;
  return server !== null && wanted != null && server.host === wanted.host && server.port === wanted.port;
}

function isNamed(value: string, setting: ProxySetting | null): boolean {
  return value !== '' && isSame(settingOf('', '', value), setting);
}

/** One operation a file. */
export function editsByFile(edits: readonly { readonly file: EditableFile; readonly edit: LineEdit }[]): FileLines[] {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.map((file) => ({
    kind: 'file-lines',
    file,
    edits: edits.filter((one) => one.file === file).map(({ edit }) => edit),
  }));
}

/** Where no file is known that sets the variable, nothing can be changed that would last. */
export function nowhereSet({ name }: ProxySetting): string {
  return `${name} is set by no file that is known to this program: whoever started this session set it (unset ${name} takes it away here)`;
}
