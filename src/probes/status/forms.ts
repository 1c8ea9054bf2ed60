import type { StatusPageFact } from '../../model/status-page.js';

type Page = NonNullable<StatusPageFact['page']>;
type Read = Omit<Page, 'url' | 'form' | 'secure'>;

const longest = 200;
const mostParts = 20;

/** The common forms of status pages: where each keeps what a program can read, and how. The one asked first is the commonest. */
export const forms: readonly {
  readonly form: Page['form'];
  readonly path: string;
  /** Asked too when something is wrong: which parts, since when. */
  readonly details?: string;
  read(json: unknown): Read | null;
}[] = [
  // https://metastatuspage.com/api and what copies it (incident.io, Instatus)
  { form: 'statuspage', path: '/api/v2/status.json', details: '/api/v2/summary.json', read: readStatuspage },
  // https://instatus.com/help/api/status
  { form: 'instatus', path: '/summary.json', read: readInstatus },
  // https://betterstack.com/docs/uptime/api/status-pages: the page itself gives it as JSON
  { form: 'better-stack', path: '/index.json', read: readBetterStack },
  // https://github.com/cstate/cstate, layouts/index.json: made with the page, so that it is as old as that
  { form: 'cstate', path: '/index.json', read: readCState },
];

type Json = Readonly<Record<string, unknown>>;

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function text(json: unknown): string | null {
  return typeof json === 'string' && json !== '' ? json.slice(0, longest) : null;
}

function list(json: unknown): Json[] {
  return Array.isArray(json) ? json.slice(0, 200).filter(isObject) : [];
}

const indicators: Readonly<Record<string, Page['says']>> = {
  none: 'well',
  minor: 'trouble',
  major: 'outage',
  critical: 'outage',
  maintenance: 'maintenance',
};

function readStatuspage(json: unknown): Read | null {
  if (!isObject(json) || !isObject(json['status'])) return null;
  const says = indicators[text(json['status']['indicator']) ?? ''];
  if (says === undefined) return null;
  const page = isObject(json['page']) ? json['page'] : {};
  const done = new Set(['resolved', 'completed', 'postmortem']);
  return {
    name: text(page['name']) ?? '',
    says,
    words: text(json['status']['description']) ?? '',
    updatedAt: text(page['updated_at']),
    parts: list(json['components'])
      .filter((one) => one['group'] !== true && text(one['status']) !== 'operational')
      .flatMap((one) => part(one['name'], one['status'])),
    incidents: list(json['incidents'])
      .filter((one) => !done.has(text(one['status']) ?? ''))
      .flatMap((one) => incident(one['name'], one['started_at'] ?? one['created_at'])),
  };
}

function readInstatus(json: unknown): Read | null {
  if (!isObject(json) || !isObject(json['page'])) return null;
  const states: Readonly<Record<string, Page['says']>> = {
    UP: 'well',
    HASISSUES: 'trouble',
    ALLUNDERMAINTENANCE: 'maintenance',
    UNDERMAINTENANCE: 'maintenance',
  };
  const state = text(json['page']['status']) ?? '';
  const says = states[state];
  if (says === undefined) return null;
  const incidents = list(json['activeIncidents']);
  const worst = incidents.some((one) => text(one['impact']) === 'MAJOROUTAGE');
  return {
    name: text(json['page']['name']) ?? '',
    says: worst ? 'outage' : says,
    words: text(incidents[0]?.['name']) ?? state,
    updatedAt: text(incidents[0]?.['updatedAt']) ?? text(incidents[0]?.['started']),
    parts: [],
    incidents: incidents.flatMap((one) => incident(one['name'], one['started'])),
  };
}

function readBetterStack(json: unknown): Read | null {
  const data = isObject(json) && isObject(json['data']) ? json['data'] : {};
  const attributes = isObject(data['attributes']) ? data['attributes'] : {};
  const states: Readonly<Record<string, Page['says']>> = {
    operational: 'well',
    degraded: 'trouble',
    downtime: 'outage',
    maintenance: 'maintenance',
  };
  const state = text(attributes['aggregate_state']) ?? '';
  const says = states[state];
  if (says === undefined) return null;
  const resources = list(isObject(json) ? json['included'] : undefined)
    .filter((one) => one['type'] === 'status_page_resource' && isObject(one['attributes']))
    .map((one) => one['attributes'] as Json);
  return {
    name: text(attributes['company_name']) ?? '',
    says,
    words: state,
    updatedAt: text(attributes['updated_at']),
    parts: resources
      .filter((one) => text(one['status']) !== 'operational')
      .flatMap((one) => part(one['public_name'], one['status'])),
    incidents: [],
  };
}

function readCState(json: unknown): Read | null {
  if (!isObject(json) || json['is'] !== 'index' || text(json['cStateVersion']) === null) return null;
  const state = text(json['summaryStatus']) ?? '';
  if (!['ok', 'notice', 'disrupted', 'down'].includes(state)) return null;
  const systems = list(json['systems']);
  const unwell = systems.filter((one) => text(one['status']) !== 'ok');
  // "down" is said of the whole as soon as one part is.
  const allDown = systems.length > 0 && systems.every((one) => text(one['status']) === 'down');
  const issues = unwell.flatMap((one) => list(one['unresolvedIssues']));
  const titles = [...new Map(issues.map((one) => [text(one['title']), one])).values()];
  return {
    name: text(json['title']) ?? '',
    says: state === 'ok' ? 'well' : allDown ? 'outage' : 'trouble',
    words: text(titles[0]?.['title']) ?? state,
    updatedAt: text(titles[0]?.['lastMod']),
    parts: unwell.flatMap((one) => part(one['name'], one['status'])).slice(0, mostParts),
    incidents: titles.flatMap((one) => incident(one['title'], one['createdAt'])),
  };
}

function part(name: unknown, state: unknown): Page['parts'][number][] {
  const known = text(name);
  return known === null ? [] : [{ name: known, state: text(state) ?? 'not well' }].slice(0, mostParts);
}

function incident(name: unknown, since: unknown): Page['incidents'][number][] {
  const known = text(name);
  return known === null ? [] : [{ name: known, since: text(since) }];
}
