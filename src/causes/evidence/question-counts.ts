import { fact, type Facts, type ResolverAnswer } from '../../model/facts.js';

/** Questions of one type to one resolver over UDP, whatever measurement asked them, and how many were answered in time. */
export interface QuestionCount {
  readonly address: string;
  readonly type: ResolverAnswer['type'];
  readonly sent: number;
  readonly answered: number;
}

/** A question that is sent again counts as two. Those of a row are for an IPv4 address, where that was not excluded. */
export function questionCounts(facts: Facts): QuestionCount[] {
  const answers: readonly ResolverAnswer[] = [
    ...(fact(facts, 'name.direct')?.answers ?? []),
    ...(fact(facts, 'name.reference')?.answers ?? []),
    ...(fact(facts, 'name.again')?.answers ?? []),
  ].filter(({ transport }) => transport === 'udp');
  const usual = answers.some(({ type }) => type === 'A') ? 'A' : 'AAAA';
  const rows = [
    ...answers.flatMap(({ resolver: address, type, tries, rcode, failure }): QuestionCount[] => {
      if (rcode !== undefined) return [{ address, type, sent: tries, answered: 1 }];
      return failure?.code === 'timed-out' ? [{ address, type, sent: tries, answered: 0 }] : [];
    }),
    ...(fact(facts, 'name.series') ?? []).flatMap(({ address, sent, answered }): QuestionCount[] =>
      address === null ? [] : [{ address, type: usual, sent, answered }],
    ),
  ];
  return summed(rows, ({ address, type }) => `${address} ${type}`);
}

/** Of each resolver, whatever was asked for. */
export function perResolver(counts: readonly QuestionCount[]): QuestionCount[] {
  return summed(counts, ({ address }) => address);
}

function summed(rows: readonly QuestionCount[], key: (one: QuestionCount) => string): QuestionCount[] {
  const groups = grouped(rows, key);
  return [...groups.values()].flatMap(([first, ...more]) =>
    first
      ? more.reduce<QuestionCount>(
          (sum, { sent, answered }) => ({ ...sum, sent: sum.sent + sent, answered: sum.answered + answered }),
          first,
        )
      : [],
  );
}

function grouped<T>(rows: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}
