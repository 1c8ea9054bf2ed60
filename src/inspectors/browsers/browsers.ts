import type { BrowserProfile } from '../../model/browser-facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { ownHome } from '../accounts/home.js';
import { known, skipped } from '../../model/observed.js';
import { browsersHead, pageOf } from './browsers-head.js';
import { lastUsedProfile, readProfile } from './chromium-profile.js';
import { firefoxProfile, readFirefoxProfile } from './firefox-profile.js';
import { policiesFor } from './policies.js';
import { chromiumLike, firefoxProfiles } from './products.js';

/** What browsersHead promises. */
export const deviceBrowsers: Gatherer<'device.browsers'> = {
  ...browsersHead,
  async gather({ target }, context) {
    const url = pageOf(target);
    if (url === null) return skipped('it is no web page');
    const home = ownHome(context.system);
    const [policies, chromium, firefox] = await Promise.all([
      policiesFor(chromiumLike, url, context.system),
      home === null ? [] : chromiumProfiles(home, url, context),
      home === null ? [] : firefoxes(home, url, context),
    ]);
    return known({ profiles: [...chromium, ...firefox], policies }, 'files');
  },
};

async function chromiumProfiles(home: string, url: URL, { system }: Context): Promise<BrowserProfile[]> {
  const found = await Promise.all(
    chromiumLike.flatMap(({ product, programs, profiles }) =>
      profiles.map(async (below) => {
        const directory = `${home}/${below}`;
        const name = await lastUsedProfile(directory, system);
        if (name === null) return [];
        const installed = await Promise.all(programs.map((one) => system.files.exists(one)));
        const program = programs.find((_, i) => installed[i]) ?? null;
        return [await readProfile(product, program, directory, name, url, system)];
      }),
    ),
  );
  return found.flat();
}

async function firefoxes(home: string, url: URL, { system }: Context): Promise<BrowserProfile[]> {
  const found = await Promise.all(
    firefoxProfiles.map(async (below) => {
      const directory = `${home}/${below}`;
      const name = await firefoxProfile(directory, system);
      return name === null ? [] : [await readFirefoxProfile(directory, name, url.hostname, system)];
    }),
  );
  return found.flat();
}
