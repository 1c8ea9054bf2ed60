import { describe, expect, it } from 'vitest';
import type { Verdict } from '../model/report.js';
import type { System } from '../model/system.js';
import { openPortal, portalPage } from './open-portal.js';

const verdict = (name: string, cause = 'captive-portal'): Verdict =>
  ({ cause, culprit: { kind: 'portal', name } }) as unknown as Verdict;

describe('the page of a portal', () => {
  it.each([
    ['http://login.hotel.example/start', 'http://login.hotel.example/start'],
    ['https://192.168.7.1:8443/', 'https://192.168.7.1:8443/'],
    ['login page of this network', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['--help', null],
    ['http://user:secret@login.example/', null],
    [`http://login.example/${'a'.repeat(3000)}`, null],
  ])('%s is opened as %s', (name, page) => expect(portalPage(verdict(name))).toBe(page));

  it('belongs to a portal', () => expect(portalPage(verdict('http://a.example/', 'http-filtered'))).toBe(null));

  const opened = async (root: boolean, display: string): Promise<string[][]> => {
    const calls: string[][] = [];
    const system = {
      identity: { root },
      environment: (name: string) => (name === 'DISPLAY' ? display : undefined),
      run: (program: string, args: readonly string[]) => {
        calls.push([program, ...args]);
        return Promise.resolve({ exit: 0, stdout: '', stderr: '', truncated: false });
      },
    } as unknown as System;
    await openPortal('http://login.example/', system);
    return calls;
  };

  it('is opened by its user, on a desktop, as one argument', async () => {
    expect(await opened(false, ':0')).toEqual([['xdg-open', 'http://login.example/']]);
    expect(await opened(true, ':0')).toEqual([]);
    expect(await opened(false, '')).toEqual([]);
  });
});
