/**
 * Last labels as they are mistyped, and what is meant. Source: slips of one or two keys from the endings that are typed
 * most. `none`: IANA's root zone has no such ending, so nobody can have meant it. `real`: it exists (mostly a country's), so it
 * counts only where the name does not.
 */
interface Ending {
  readonly meant: string;
  readonly exists: 'none' | 'real';
}

const none: Readonly<Record<string, string>> = {
  com: 'con cmo ocm vom xom cpm cim cok comn comm coom ccom copm cmom clm conm comp cojm c0m dom fom',
  org: 'ogr rog orgg ogrg orh orf irg prg og oorg orrg 0rg orgn',
  net: 'nte ent nett met bet neet nnet nwt nrt ney',
  edu: 'eud edi eduu',
  gov: 'gvo ogv gob goc',
  info: 'inof ifno infp',
  dev: 'devv dve',
  de: 'dee ed ded',
  uk: 'ukk ku',
};

const real: Readonly<Record<string, string>> = {
  com: 'co cm om',
  org: 'or',
  net: 'ne et',
  de: 'dw',
};

function rows(table: Readonly<Record<string, string>>, exists: Ending['exists']): (readonly [string, Ending])[] {
  return Object.entries(table).flatMap(([meant, typed]) =>
    typed.split(' ').map((one) => [one, { meant, exists }] as const),
  );
}

export const mistypedEndings: ReadonlyMap<string, Ending> = new Map([...rows(real, 'real'), ...rows(none, 'none')]);
