import type { NameConfig } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { FileResult } from '../../model/system.js';
import { hostsOrder } from './name-service-switch.js';
import { ofEnvironment, withEnvironment } from './resolver-environment.js';
import { parseResolverFile } from './resolver-file.js';

const RESOLVER_FILE = '/etc/resolv.conf';
const SWITCH_FILE = '/etc/nsswitch.conf';
const ignoredErrors: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EISDIR']);
const HOSTS_FILE = '/etc/hosts';
const MAX_BYTES = 64 * 1024;
/** What this very program has loaded: musl reads of the options none but ndots, timeout and attempts (resolvconf.c). */
const LOADED = '/proc/self/maps';
const MAX_LOADED = 512 * 1024;

/** Which resolvers this device is set to ask, and in which order it asks files and them. */
export const nameConfig: Gatherer<'name.config'> = {
  fact: 'name.config',
  needs: [],
  base: true,
  cost: 'local',
  platforms: ['linux', 'darwin', 'freebsd', 'openbsd', 'netbsd'],
  privilege: 'none',
  when: ({ target }) => (target.host === '' ? 'the target has no host name' : null),
  async gather(_facts, { system: { files, environment } }) {
    const [resolverFile, switchFile, link, hostsFile] = await Promise.all([
      files.read(RESOLVER_FILE, MAX_BYTES),
      files.read(SWITCH_FILE, MAX_BYTES),
      files.link(RESOLVER_FILE),
      files.read(HOSTS_FILE, 1),
    ]);
    const exists = resolverFile.ok || resolverFile.code !== 'ENOENT';
    // What this user may not read, the C library takes for empty (glibc's resolv_conf.c, musl's resolvconf.c: EACCES).
    const unreadable = !resolverFile.ok && ignoredErrors.has(resolverFile.code) ? resolverFile.code : undefined;
    if (!resolverFile.ok && exists && unreadable === undefined)
      return skipped(`${RESOLVER_FILE} cannot be read: ${resolverFile.code}`);
    const { meant, ...written } = parseResolverFile(textOf(resolverFile), RESOLVER_FILE);
    const over = ofEnvironment(environment);
    const hangsOnLibrary = written.options !== undefined || Object.keys(over).length > 0;
    const musl = hangsOnLibrary && /\/(?:ld-musl-|libc\.musl)/.test(textOf(await files.read(LOADED, MAX_LOADED)));
    const parsed = musl ? written : withEnvironment(written, over);
    const value: NameConfig = {
      ...parsed,
      ...(musl && { libc: 'musl' as const }),
      file: {
        path: RESOLVER_FILE,
        exists,
        link,
        ...(unreadable !== undefined && { unreadable }),
        ...(meant && { meant }),
      },
      order: hostsOrder(textOf(switchFile)),
      ...(!hostsFile.ok && ignoredErrors.has(hostsFile.code) && { hostsUnreadable: hostsFile.code }),
    };
    return known(value, RESOLVER_FILE);
  },
};

function textOf(file: FileResult): string {
  return file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
}
