import fc from 'fast-check';
import { recipients } from './ladder.js';
import type { ModelWish } from './model-person.js';

/** Something to ask, with instants as places in the run: null is the present, `n` the n-th pause before it. */
export interface AskedQuestion {
  readonly who: number;
  readonly action: 'collect' | 'use' | 'share';
  readonly purpose: string | null;
  readonly category: string;
  readonly service: string | null;
  readonly across: { readonly from: string; readonly form: string; readonly groupSize: number } | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly taken: number | null;
  readonly at: number | null;
}

type Happening =
  | {
      readonly does: 'say';
      readonly who: number;
      readonly wish: ModelWish;
      readonly late: number | null;
      readonly isNamed: boolean;
    }
  | {
      readonly does: 'sayAgain';
      readonly who: number;
      readonly back: number;
      readonly isGrant: boolean;
      readonly isWider: boolean;
      readonly late: number | null;
    }
  | {
      readonly does: 'turnPositioning' | 'setPrivacyControl' | 'restrict';
      readonly who: number;
      readonly isOn: boolean;
    }
  | { readonly does: 'letGuardian'; readonly who: number; readonly isOn: boolean; readonly which: number }
  | { readonly does: 'signal' | 'accept' | 'use' | 'proveAge'; readonly who: number }
  | { readonly does: 'pass'; readonly days: number }
  | { readonly does: 'climb' };

/** One thing that happens, and what is asked afterwards. */
export interface Step {
  readonly happening: Happening;
  readonly questions: readonly AskedQuestion[];
  readonly hasSignal: boolean;
}

const consented = [
  ['advertising.relevant', ['log.browsing', 'log.search', 'usage.habit']],
  ['product.improvement', ['log.browsing', 'log.search']],
  ['service.provision', ['location.gps', 'location.wifi']],
  ['survey.participation', ['registration.email', 'registration.phone']],
  ['marketing.push', ['registration.email', 'registration.phone']],
  ['product.development', ['usage.habit']],
  ['personalisation', ['log.browsing', 'log.search']],
  ['advertising.measurement', ['log.browsing']],
  ['security.fraud', ['log.device']],
] as const;
const free = [
  ['service.provision', ['registration.name']],
  ['security.protection', ['log.network']],
  ['safety.protection', ['location.gps']],
  ['records.archive', ['log.browsing']],
] as const;
const shared = [
  ['service.provision', ['location.gps', 'registration.phone']],
  ['advertising.measurement', ['log.browsing']],
  ['product.improvement', ['log.browsing']],
  ['authority.assistance', ['log.network']],
] as const;

const who = fc.nat({ max: 1 });
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 2 });
const pause = fc.nat({ max: 12 });
const service = fc.constantFrom(null, null, 'ticketing', 'signing');
const someone = fc.constantFrom(...recipients.map(({ slug }) => slug), 'advertisers', 'map-provider', 'nobody');

const wish = fc.constantFrom(...consented).chain(([purpose, categories]): fc.Arbitrary<ModelWish> =>
  fc.record({
    isGrant: fc.boolean(),
    purpose: fc.constant(purpose),
    categories: perhaps(fc.subarray([...categories], { minLength: 1 })),
    service: fc.constantFrom(null, null, null, null, 'ticketing', 'signing'),
    recipient: fc.constantFrom(null, null, null, null, null, null, 'map-provider', 'advertisers'),
    region: fc.constantFrom(null, null, null, null, null, null, 'CN', 'SG'),
  }),
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      who,
      wish,
      late: fc.option(pause, { freq: 2 }),
      isNamed: fc.boolean(),
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      does: fc.constant('sayAgain' as const),
      who,
      back: fc.constantFrom(0, 0, 0, 1),
      isGrant: fc.boolean(),
      isWider: fc.boolean(),
      late: fc.constantFrom(null, null, null, null, null, 0, 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('turnPositioning' as const, 'setPrivacyControl' as const),
      who,
      isOn: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restrict' as const), who, isOn: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('signal' as const, 'accept' as const, 'use' as const), who }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('letGuardian' as const),
      who: fc.constant(1),
      isOn: fc.constantFrom(true, true, false),
      which: fc.nat({ max: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'proveAge' as const, who: 1 }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('pass' as const), days: fc.constantFrom(1, 2, 3, 5, 21) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'climb' as const }) },
);

type Topic = Pick<AskedQuestion, 'action' | 'purpose' | 'category' | 'across' | 'recipient' | 'region'>;
const nowhere = { across: null, recipient: null, region: null };

const held: fc.Arbitrary<Topic> = fc.constantFrom(...consented, ...free).chain(([purpose, categories]) =>
  fc.record({
    action: fc.constantFrom('use' as const, 'collect' as const),
    purpose: fc.constant(purpose),
    category: fc.constantFrom(...categories),
    ...constants(nowhere),
  }),
);
const unsaid: fc.Arbitrary<Topic> = fc
  .constantFrom('log.browsing', 'log.search', 'log.device', 'location.gps', 'registration.name')
  .map((category) => ({ action: 'collect', purpose: null, category, ...nowhere }));
const given: fc.Arbitrary<Topic> = fc.constantFrom(...shared).chain(([purpose, categories]) =>
  fc.record({
    action: fc.constant('share' as const),
    purpose: fc.constant(purpose),
    category: fc.constantFrom(...categories),
    across: fc.constant(null),
    recipient: someone,
    region: fc.constantFrom(null, null, 'CN', 'CN-31', 'SG', 'US'),
  }),
);
const across: fc.Arbitrary<Topic> = fc.record({
  action: fc.constant('use' as const),
  purpose: fc.constantFrom('product.development', 'personalisation'),
  category: fc.constantFrom('usage.habit', 'log.browsing'),
  ...constants({ recipient: null, region: null }),
  across: fc.record({
    from: fc.constantFrom('ticketing', 'ticketing', 'signing'),
    form: fc.constantFrom('aggregated', 'personalised'),
    groupSize: fc.constantFrom(5, 20, 100),
  }),
});

/** Now and then a code is misspelt. */
const slips: readonly Partial<AskedQuestion>[] = [
  { service: 'singing' },
  { purpose: 'advertising.relevent' },
  { category: 'log.borwsing' },
  { region: 'XX' },
  ...Array.from({ length: 30 }, () => ({})),
];

const question: fc.Arbitrary<AskedQuestion> = fc
  .record({
    topic: fc.oneof(
      { weight: 5, arbitrary: held },
      { weight: 1, arbitrary: unsaid },
      { weight: 3, arbitrary: given },
      { weight: 2, arbitrary: across },
    ),
    rest: fc.record({
      who: fc.constantFrom(0, 0, 0, 1, 1, 1, 2),
      service,
      taken: perhaps(pause),
      at: fc.option(pause, { freq: 3 }),
    }),
    slip: fc.constantFrom(...slips),
  })
  .map(({ topic, rest, slip }) => ({ ...topic, ...rest, service: topic.across ? 'signing' : rest.service, ...slip }));

/** Whatever somebody has just spoken of is asked about at once. */
export function questionsAbout({ purpose, categories, service, recipient }: ModelWish, who: number): AskedQuestion[] {
  const about = categories ?? consented.find(([code]) => code === purpose)?.[1] ?? [];
  const base = { who, purpose, across: null, recipient: null, region: null, taken: null, at: null };
  return about.flatMap((category): AskedQuestion[] => [
    ...new Set([null, service, 'ticketing'])
      .values()
      .map((one) => ({ ...base, action: 'use' as const, category, service: one })),
    ...(recipient === null ? [] : [{ ...base, action: 'share' as const, category, service, recipient }]),
  ]);
}

export const step: fc.Arbitrary<Step> = fc.record({
  happening,
  questions: fc.array(question, { minLength: 1, maxLength: 8, size: 'max' }),
  hasSignal: fc.nat({ max: 9 }).map((one) => one === 9),
});

/** The persons of a run: a grown one of some age, and in how many days the child turns fourteen. */
export const cast = fc.record({
  grownYears: fc.constantFrom(null, 15, 40),
  childTurnsIn: fc.integer({ min: 3, max: 40 }),
});

function constants<T extends Record<string, unknown>>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}
