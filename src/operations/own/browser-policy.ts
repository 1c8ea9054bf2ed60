import { type BrowserAllow, policyFolders } from '../../model/own-file-operations.js';
import type { Arguments } from '../validate.js';
import type { OwnContentKind } from './own-content.js';

const browsers = Object.keys(policyFolders) as BrowserAllow['browser'][];
const mostEntries = 1_000;

/** The last of all by its name: of two files that say the same policy, browsers of Chromium's kind take that one's. */
export const lastPolicy = 'zzz-whoblocked-';

function placeOf({ browser }: Pick<BrowserAllow, 'browser'>, id: string): string {
  return `${policyFolders[browser]}/managed/${lastPolicy}${id}.json`;
}

function textOf(policies: object): string {
  return `${JSON.stringify(policies, null, 2)}\n`;
}

export const browserAllow: OwnContentKind<BrowserAllow> = {
  check(args: Arguments) {
    const browser = args.oneOf('browser', browsers);
    const entries = args.list('entries', mostEntries, (one) => {
      if (typeof one !== 'string' || one.length > 500 || /[\p{Cc}\s]/u.test(one))
        throw args.wrong('entries holds none');
      return one;
    });
    return { is: 'browser-allow', browser, entries };
  },
  place: placeOf,
  text: ({ entries }) => textOf({ URLAllowlist: entries }),
  // It is read when a browser starts; one that runs watches the folder, and takes some seconds.
  seenWithinMs: 0,
};
