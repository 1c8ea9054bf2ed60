/** What resolvers say in the tests of causes about names. */
import { answer, configOf, factsOf, failure, named, REFERENCE, OWN } from './scene.fixture.js';

export const URL = 'https://shop.example/';
export const zone = { zone: 'example' };
export const blocked = { errors: [{ code: 15, name: 'Blocked', text: 'on a list' }] };
export const direct = (...answers: ReturnType<typeof answer>[]) => ({
  'name.direct': named('shop.example', ...answers),
});
export const reference = (...answers: ReturnType<typeof answer>[]) => ({
  'name.reference': named('shop.example', ...answers),
});
export const real = reference(answer(REFERENCE, ['198.51.100.10']));
export const alike = reference(answer(REFERENCE, 'nxdomain', zone));

/** Facts that matter to none of these causes. */
export const wild = factsOf(URL, {
  'name.config': configOf(OWN),
  'device.routes': { choices: [], defaults: [], rules: [] },
  'device.listeners': { own: [], listeners: [] },
});

/** An address where nobody answers DNS: nobody did, or somebody. */
export const nobody = {
  'name.impostor': {
    name: 'shop.example',
    hosts: [{ address: '192.0.2.80', host: 'www.example.net:443', failure: failure('exchange/refused') }],
    near: [],
  },
} as const;
export const somebody = {
  'name.impostor': {
    name: 'shop.example',
    hosts: [
      {
        address: '192.0.2.80',
        host: 'www.example.net:443',
        answer: answer('192.0.2.80', 'nxdomain', { recursive: true }),
      },
    ],
    near: [],
  },
} as const;
