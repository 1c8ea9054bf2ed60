// Wrong clocks, and servers that tell the time.
import type { Answer, Services } from '../services/description.js';
import { REFERENCE } from './internet.js';
import { faketimeLibrary } from './places.js';

/** The command sees a clock that is off by so much ("+400d", "-2h"); how time passes stays as it is. */
export function clockOff(offset: string): Record<string, string> {
  return {
    LD_PRELOAD: faketimeLibrary() ?? '',
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME_NO_CACHE: '1',
  };
}

/** The same as a file says it, so that it can be set right in between. */
export function clockOffBy(file: string): Record<string, string> {
  const { FAKETIME: _offset, ...rest } = clockOff('');
  return { ...rest, FAKETIME_TIMESTAMP_FILE: file };
}

/** A page with the server's time, or one that is off by so many seconds. */
export function dated(offSeconds = 0): Answer {
  return {
    status: '200 OK',
    headers: [date(offSeconds), 'Content-Type: text/html', 'Server: lab'],
    body: '<p>Welcome.</p>\n',
  };
}

dated.reference = (): Services =>
  REFERENCE.map((service) => {
    if (service.kind !== 'http' && service.kind !== 'https') return service;
    const routes = Object.entries(service.routes).map(
      ([path, answer]) => [path, { ...answer, headers: [...(answer.headers ?? []), date(0)] }] as const,
    );
    return { ...service, routes: Object.fromEntries(routes) };
  });

function date(offSeconds: number): string {
  return offSeconds === 0 ? 'Date: {date}' : `Date: {date${offSeconds > 0 ? '+' : ''}${offSeconds}}`;
}
