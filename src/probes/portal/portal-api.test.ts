import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import type { Options } from '../../model/settings.js';
import { contextOf, facts, known, run } from '../names/context.fixture.js';
import { fakeSystem } from '../../../test/fake-system.js';
import { portalApi } from './portal-api.js';

const of = (url: string) =>
  facts('shop.example', {
    'portal.announced': known([{ url, device: 'eth0', location: 'lease' }]),
    'device.routes': known({
      choices: [],
      defaults: [{ family: 4, via: '192.168.7.1', device: 'eth0', metric: null }],
      rules: [],
    }),
  });
const ask = async (url: string, script: Script, options: Partial<Options> = {}) => {
  const result = await run(portalApi, of(url), script, options);
  return result.state === 'known' ? result.value[0] : undefined;
};

describe('a portal that the network names', () => {
  it('is asked by https alone', async () => {
    for (const url of ['http://portal.example/api', 'ftp://portal.example/'])
      expect((await ask(url, {}))?.why).toBeTruthy();
  });

  it('is not asked at addresses of this computer, of a cloud machine’s secrets, or without one', async () => {
    for (const address of ['127.0.0.1', '169.254.169.254', '0.0.0.0', '224.0.0.1', '::1', 'fe80::1']) {
      const found = await ask('https://portal.example/api', { lookup: { 'portal.example': [address] } });
      expect(found, address).toMatchObject({ address: null, why: 'its address is none that may be asked' });
    }
    expect(await ask('https://portal.example/api', {})).toMatchObject({ why: 'its name has no address' });
  });

  it('is asked without leave for others only at the router itself', async () => {
    const script = (address: string): Script => ({ lookup: { 'portal.example': [address] }, dial: () => 'refused' });
    const alone = { references: false };
    expect(await ask('https://portal.example/', script('198.51.100.9'), alone)).toMatchObject({ address: null });
    expect(await ask('https://portal.example/', script('192.168.7.1'), alone)).toMatchObject({
      address: '192.168.7.1',
      failure: { code: 'refused' },
    });
    expect(await ask('https://portal.example/', script('198.51.100.9'))).toMatchObject({
      failure: { code: 'refused' },
    });
  });

  it('is nobody where none is named', () => {
    const nothing = facts('shop.example', { 'portal.announced': known([]) });
    expect(portalApi.when?.(nothing, contextOf(fakeSystem()))).toMatch(/announces no portal/);
  });
});
