import type { DesktopProxy, ProxyScript, ProxySetting } from '../../model/proxy-facts.js';
import { settingOf } from '../../model/choose-proxy.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { scriptFrom } from '../../model/script-url.js';
import { ownSettings } from '../accounts/home.js';
import { desktopHead, desktopOf } from './desktop-head.js';
import type { Reading } from './found.js';
import { readGvdb } from './gvdb.js';
import { readGnome, readKde } from './read-desktop.js';

const mostBytes = 1024 * 1024;

/** What desktopHead promises; loaded only in a desktop session. */
export const desktopProxy: Gatherer<'proxy.desktop'> = {
  ...desktopHead,
  async gather(_facts, context) {
    const desktop = desktopOf(context);
    const read = desktop === 'KDE' ? await ofKde(context) : await ofGnome(context);
    const announced = read.detect?.dhcp === true ? await scriptsOfDhcp(context) : [];
    return known({ ...choiceOf(read), ...(announced.length > 0 && { announced }) }, 'files');
  },
};

/** Loaded only where a script is looked for. */
async function scriptsOfDhcp(context: Context): Promise<readonly ProxyScript[]> {
  return (await import('../leases/announced-scripts.js')).announcedScripts(context);
}

async function ofGnome(context: Context): Promise<Reading> {
  const directory = ownSettings(context.system);
  if (directory === null) return { written: [] };
  const read = await context.system.files.read(`${directory}/dconf/user`, mostBytes);
  return read.ok ? readGnome(readGvdb(read.bytes, '/system/proxy/'), 'GNOME settings') : { written: [] };
}

/** The user's own file goes before that for everybody. */
async function ofKde(context: Context): Promise<Reading> {
  const directory = ownSettings(context.system);
  for (const path of [...(directory === null ? [] : [`${directory}/kioslaverc`]), '/etc/xdg/kioslaverc']) {
    // oxlint-disable-next-line no-await-in-loop -- the second counts only where the first is missing
    const read = await context.system.files.read(path, mostBytes);
    if (read.ok) return readKde(Buffer.from(read.bytes).toString('utf8'), path);
  }
  return { written: [] };
}

function choiceOf({ written, scripts, detect, without }: Reading): DesktopProxy {
  const settings = written
    .filter(({ text }) => text !== '')
    .map(({ name, location, text }): ProxySetting => settingOf(name, location, text.trim()));
  const [script] = scripts ?? [];
  return {
    settings,
    ...(without && { without: { ...without, list: without.list.slice(0, 4000) } }),
    ...(detect && { detect }),
    ...(script && { script: scriptFrom(script.url, script.location) }),
  };
}
