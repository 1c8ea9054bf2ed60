import { describe, expect, it } from 'vitest';
import { evaluatePac } from './pac.js';

const ask = (script: string, timeoutMs = 20_000, signal = new AbortController().signal) =>
  evaluatePac({ script, url: 'https://shop.example/', host: 'shop.example', timeoutMs }, signal);

describe('a PAC script', () => {
  it('says which proxy is for the host', async () => {
    const script = `function FindProxyForURL(url, host) {
      return dnsDomainIs(host, '.example') && url.indexOf('https:') === 0 ? 'PROXY a:1; DIRECT' : 'DIRECT';
    }`;
    expect(await ask(script)).toEqual({ state: 'answered', text: 'PROXY a:1; DIRECT' });
  });
  it('that is none has its error told', async () => {
    expect(await ask('<html>not a script</html>')).toMatchObject({ state: 'failed' });
    expect(await ask('var x = 1;')).toMatchObject({ state: 'failed' });
  });
  it('that loops is ended', async () => {
    expect(await ask('function FindProxyForURL() { for (;;); }', 1500)).toMatchObject({ state: 'timed-out' });
  });
  it('that never ends being read is ended too, and when all is over', async () => {
    const over = new AbortController();
    setTimeout(() => over.abort(), 300);
    expect(await ask('for (;;);', 60_000, over.signal)).toMatchObject({ state: 'timed-out' });
  });
  it('that eats memory fails, and nothing else does', async () => {
    const script = `function FindProxyForURL() { var a = []; for (;;) a.push(new Array(10000).join('x')); }`;
    expect((await ask(script)).state).not.toBe('answered');
  });
  it('reaches nothing of this program', async () => {
    const script = `function FindProxyForURL() {
      var make = [].constructor.constructor;
      var all = make('return this');
      var it = all();
      return [typeof process, typeof require, typeof it.process, typeof it.require].join();
    }`;
    expect(await ask(script)).toEqual({ state: 'answered', text: 'undefined,undefined,undefined,undefined' });
  });
});
