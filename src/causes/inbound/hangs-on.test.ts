import { describe, expect, it } from 'vitest';
import { changing } from './hangs-on.js';

const of = (reasons: string): string =>
  `accept (rule 1 of chain input, table inet f) or drop (no rule decides; policy of chain input, table inet f): it hangs on ${reasons}`;

describe('what an answer of the rules hangs on', () => {
  it('is the time', () => {
    expect(changing(of('hour not given; day not given'))).toEqual({
      on: 'the time of day or the day of the week',
      place: 'no rule decides; policy of chain input, table inet f',
    });
  });

  it.each([
    'limit rate 5/minute',
    'add @m { ip saddr limit rate over 3/minute }',
    '-m recent --update --seconds 30 --hitcount 6 --name DEFAULT --rsource',
  ])('is how much has come before: %s', (text) => {
    expect(changing(of(text))?.on).toContain(text);
  });

  it('is nothing of that kind where something that was not said decides', () => {
    expect(changing(of('source address not given'))).toBeNull();
    expect(changing(of('limit rate 5/minute; mark not given'))).toBeNull();
    expect(changing('a rule that is not understood stands in the way: limit')).toBeNull();
  });
});
