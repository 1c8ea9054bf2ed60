import type { ProxyReader } from '../../model/proxy-facts.js';
import type { System } from '../../model/system.js';
import { lastUsedProfile } from '../browsers/chromium-profile.js';
import { firefoxProfile } from '../browsers/firefox-profile.js';
import { chromiumLike, firefoxProfiles } from '../browsers/products.js';
import { object, readJson } from '../json.js';
import type { Reading } from './found.js';
import { readChromiumPolicy, readChromiumProfile, readFirefox } from './read-browsers.js';

const mostBytes = 8 * 1024 * 1024;
const mostPolicies = 32;

export type ReadBy = Reading & { readonly by: ProxyReader };

/** What browsers set for themselves: in administrators' policies, and where there is a home directory in its profiles. */
export async function browserProxies(home: string | null, system: System): Promise<ReadBy[]> {
  const found = await Promise.all([
    ...chromiumLike.flatMap(({ product, policies, profiles }) => [
      ...policies.map((directory) => ofPolicies(product, `${directory}/managed`, system)),
      ...(home === null ? [] : profiles.map((below) => ofProfile(product, `${home}/${below}`, system))),
    ]),
    ...(home === null ? [] : firefoxProfiles.map((below) => ofFirefox(`${home}/${below}`, system))),
  ]);
  return found.flat();
}

async function ofPolicies(by: ProxyReader, directory: string, { files }: System): Promise<ReadBy[]> {
  const names = ((await files.list(directory, mostPolicies)) ?? []).filter((name) => /^[^/\0]+\.json$/.test(name));
  const read = await Promise.all(
    names.map(async (name) => ({
      path: `${directory}/${name}`,
      json: await readJson(files, `${directory}/${name}`, mostBytes),
    })),
  );
  return read.flatMap(({ path, json }) => (json.ok ? [{ by, ...readChromiumPolicy(object(json.value), path) }] : []));
}

async function ofProfile(by: ProxyReader, directory: string, system: System): Promise<ReadBy[]> {
  const name = await lastUsedProfile(directory, system);
  if (name === null) return [];
  const path = `${directory}/${name}/Preferences`;
  const json = await readJson(system.files, path, mostBytes);
  return json.ok ? [{ by, ...readChromiumProfile(object(json.value), path) }] : [];
}

async function ofFirefox(directory: string, system: System): Promise<ReadBy[]> {
  const name = await firefoxProfile(directory, system);
  if (name === null) return [];
  const path = `${name.startsWith('/') ? name : `${directory}/${name}`}/prefs.js`;
  const read = await system.files.read(path, mostBytes);
  return read.ok ? [{ by: 'Firefox', ...readFirefox(Buffer.from(read.bytes).toString('utf8'), path) }] : [];
}
