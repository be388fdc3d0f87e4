import { readFileSync } from 'node:fs';
import { locales } from '@abide/kernel';
import {
  compare,
  compile,
  hasErrors,
  offlineRegistry,
  recipientKinds,
  validatePolicy,
  type PolicyDocument,
  type RulebookRegistry,
} from '@abide/rulebook';
import { parse } from 'yaml';
import { z } from 'zod';

const policyFiles = [
  'general-privacy.v1.yaml',
  'general-privacy.v2.yaml',
  'ticketing-privacy.yaml',
  'user-agreement.yaml',
] as const;
type PolicyFile = (typeof policyFiles)[number];

const promises = [
  'I1',
  'I2',
  'I3',
  'C1',
  'C2',
  'C3',
  'C4',
  'C5',
  'C6',
  'C7',
  'U1',
  'U2',
  'U3',
  'U4',
  'U5',
  'A1',
  'A2',
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'S7',
  'P1',
  'P2',
  'P3',
  'X1',
  'X2',
  'E1',
  'M1',
  'Z1',
  'Z2',
  'Z3',
  'V1',
  'V2',
  'V3',
];

const text = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
const code = z.string().min(1);
const registryFile = z.strictObject({
  services: z.array(z.strictObject({ code, name: text, purpose: text, locationBased: z.boolean() })),
  recipients: z.array(
    z.strictObject({
      slug: code,
      kind: z.enum(recipientKinds),
      name: text,
      region: code,
      contact: z.email(),
      purpose: text,
      contractMonths: z.int().min(1).optional(),
    }),
  ),
  thirdPartyServices: z.array(
    z.strictObject({
      slug: code,
      name: text,
      policyLink: z.url(),
      use: z.enum(['signIn', 'shareButton', 'advertising', 'link']),
      purpose: text,
    }),
  ),
});

function read(name: string): string {
  return readFileSync(new URL(`../../demo/${name}`, import.meta.url), 'utf8');
}

function registry() {
  return registryFile.parse(parse(read('registry.yaml')));
}

function registered(): RulebookRegistry {
  const { services, recipients, thirdPartyServices } = registry();
  return {
    ...offlineRegistry(),
    services: services.map((one) => one.code),
    recipients: recipients.map(({ slug, kind, region }) => ({ slug, kind, region })),
    thirdPartyServices: thirdPartyServices.map((one) => one.slug),
  };
}

function policy(name: PolicyFile): PolicyDocument {
  const { document, problems } = validatePolicy(read(name), registered());
  if (!document || hasErrors(problems)) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  return document;
}

function paragraphs(body: string): number {
  return body.trim().split(/\n\s*\n/).length;
}

describe('demo policies', () => {
  test.each(policyFiles)('%s passes the check against the demo registries', (name) => {
    expect(validatePolicy(read(name), registered()).problems.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  test.each(policyFiles)('%s passes the offline check', (name) => {
    expect(
      validatePolicy(read(name), offlineRegistry()).problems.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  test.each(policyFiles)('%s draws no advice but that about business transfers', (name) => {
    const document = policy(name);
    const advised = validatePolicy(read(name), registered()).problems.map(({ code: problem, path }) => {
      const clause = document.clauses[Number(/^clauses\[(\d+)\]/.exec(path)?.[1])];
      return `${problem} at ${clause?.id}`;
    });
    expect(advised).toEqual(document.kind === 'general' ? ['policy.separateConsentAdvised at share.transfer'] : []);
  });

  test.each(policyFiles)('%s has the same paragraphs in both languages', (name) => {
    const uneven = policy(name).clauses.filter(({ body }) => paragraphs(body['zh-CN']) !== paragraphs(body.en));
    expect(uneven.map(({ id }) => id)).toEqual([]);
  });

  test.each(policyFiles)('%s has Chinese in the Chinese texts and none in the English ones', (name) => {
    const mixed = policy(name).clauses.filter(
      ({ heading, body }) => !/\p{Script=Han}/u.test(body['zh-CN']) || /\p{Script=Han}/u.test(heading.en + body.en),
    );
    expect(mixed.map(({ id }) => id)).toEqual([]);
  });

  test.each(policyFiles)('%s uses in its text every word that it explains', (name) => {
    const { clauses, glossary, definitions } = policy(name);
    const unused = [...glossary, ...definitions].flatMap(({ term }) =>
      locales
        .filter(
          (locale) =>
            !clauses.some(({ heading, body }) =>
              `${heading[locale]} ${body[locale]}`.toLowerCase().includes(term[locale].toLowerCase()),
            ),
        )
        .map((locale) => term[locale]),
    );
    expect(unused).toEqual([]);
  });

  test('name recipients as the registry knows them', () => {
    const known = new Map(registry().recipients.map((one) => [one.slug, one]));
    const named = policyFiles.flatMap((name) => policy(name).recipients);
    expect(named.length).toBeGreaterThan(0);
    for (const { slug, kind, name, region } of named) {
      expect({ slug, kind, name, region }).toEqual({
        slug,
        kind: known.get(slug)?.kind,
        name: known.get(slug)?.name.en,
        region: known.get(slug)?.region,
      });
    }
  });

  test('share with every kind of recipient', () => {
    const kinds = new Map(registry().recipients.map(({ slug, kind }) => [`recipient:${slug}`, kind]));
    const shared = policy('general-privacy.v1.yaml').clauses.flatMap(({ terms }) =>
      terms.flatMap((term) => (term.type === 'sharing' ? term.recipients.map((one) => kinds.get(one) ?? one) : [])),
    );
    expect(new Set(shared)).toEqual(new Set(recipientKinds));
  });
});

describe('demo revisions', () => {
  const inForce = (general: PolicyFile) => [general, 'ticketing-privacy.yaml', 'user-agreement.yaml'] as const;
  const others = () => [policy('ticketing-privacy.yaml'), policy('user-agreement.yaml')];
  const comparison = () =>
    compare(
      { document: policy('general-privacy.v1.yaml'), others: others() },
      { document: policy('general-privacy.v2.yaml'), others: others() },
      registered(),
    );

  test.each(['general-privacy.v1.yaml', 'general-privacy.v2.yaml'] as const)(
    '%s compiles into one rulebook with the other policies',
    (general) => {
      const sources = inForce(general).map((name) => ({ document: policy(name), revision: 1 }));
      const { rulebook } = compile(sources, registered());
      expect(rulebook?.policies.map((one) => one.policy)).toEqual(['general', 'ticketing', 'user-agreement']);
    },
  );

  test('the next revision reduces rights and needs no fresh consent', () => {
    expect(comparison().materiality).toBe('reductionOfRights');
    expect(comparison().freshAtoms).toEqual([]);
  });

  test('the next revision shows a difference of every class below fresh consent', () => {
    const found = comparison().differences.map(
      ({ class: materiality, rule, clauseId }) => `${materiality}: ${rule} at ${clauseId}`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'reductionOfRights: retention.lengthened at keep.traces',
        'reductionOfRights: collection.becameRequired at collect.enterprise',
        'informational: retention.shortened at keep.traces',
        'informational: right.added at rights.restriction',
        'editorial: wording.changed at about.reading',
        'editorial: clause.moved at share.safeguards',
      ]),
    );
  });
});

describe('demo coverage', () => {
  const rows = [...read('coverage.md').matchAll(/^\| (?<promise>[A-Z]\d) \|[^|]*\|(?<clauses>[^|]*)\|$/gm)].map(
    ({ groups }) => ({
      promise: groups?.['promise'] ?? '',
      clauses: [...(groups?.['clauses'] ?? '').matchAll(/`([^`]+)`/g)].map(([, clause]) => clause ?? ''),
    }),
  );

  test('gives every promise of the register one row with at least one clause', () => {
    expect(rows.map(({ promise }) => promise)).toEqual(promises);
    expect(rows.filter(({ clauses }) => clauses.length === 0)).toEqual([]);
  });

  test('names only clauses that exist', () => {
    const existing = new Set(policyFiles.flatMap((name) => policy(name).clauses.map(({ id }) => id)));
    expect(rows.flatMap(({ clauses }) => clauses).filter((clause) => !existing.has(clause))).toEqual([]);
  });

  test('holds for the next revision too', () => {
    const ids = (name: PolicyFile) => policy(name).clauses.map(({ id }) => id);
    const next = new Set(ids('general-privacy.v2.yaml'));
    expect(ids('general-privacy.v1.yaml').filter((id) => !next.has(id))).toEqual([]);
  });
});

describe('demo people', () => {
  const people = z
    .looseObject({
      persons: z.array(z.looseObject({ key: z.string(), age: z.int(), guardian: z.string().optional() })),
    })
    .parse(parse(read('people.yaml')));

  test('carry only numbers and addresses that belong to nobody', () => {
    const file = read('people.yaml');
    const phones = file.match(/\+\d+/g) ?? [];
    const addresses = file.match(/[\w.-]+@[\w.-]+/g) ?? [];
    const idNumbers = file.match(/'\d{17}[\dX]'/g) ?? [];
    expect([phones, addresses, idNumbers].every((found) => found.length > 2)).toBe(true);
    expect(phones.filter((phone) => phone !== '+86' && !phone.startsWith('+86100000000'))).toEqual([]);
    expect(addresses.filter((address) => !/@(?:[\w-]+\.)*(?:example\.com|abide\.example)$/.test(address))).toEqual([]);
    expect(idNumbers.filter((number) => !number.startsWith("'999999"))).toEqual([]);
  });

  test('count one minor who consents and one who is too young to, each with a guardian who is of age and registers before', () => {
    const minors = people.persons.filter(({ age }) => age < 18);
    expect(minors.map(({ age }) => age)).toEqual([16, 9]);
    for (const { key, guardian } of minors) {
      const before = people.persons.slice(
        0,
        people.persons.findIndex((one) => one.key === key),
      );
      expect(before.find((one) => one.key === guardian)?.age).toBeGreaterThanOrEqual(18);
    }
  });
});

describe('demo traffic', () => {
  const { devices, stations, events } = z
    .looseObject({
      devices: z.looseObject({ count: z.int(), improving: z.int(), withdrawing: z.int() }),
      stations: z.array(z.looseObject({ visitors: z.int().min(1) })),
      events: z.looseObject({
        ofDevices: z.array(z.looseObject({ category: code })),
        ofPeople: z.array(z.looseObject({ category: code })),
      }),
    })
    .parse(parse(read('traffic.yaml')));
  const smallestGroup = 20;

  test('shows several cells of the coarse map and leaves some out', () => {
    expect(stations.filter(({ visitors }) => visitors >= smallestGroup).length).toBeGreaterThan(2);
    expect(stations.filter(({ visitors }) => visitors < smallestGroup).length).toBeGreaterThan(1);
    expect(Math.max(...stations.map(({ visitors }) => visitors))).toBeLessThanOrEqual(devices.count);
  });

  test('holds what a consent allows and what it once allowed', () => {
    expect(devices.withdrawing).toBeGreaterThan(0);
    expect(devices.withdrawing).toBeLessThan(devices.improving);
    expect(devices.improving).toBeLessThan(devices.count);
  });

  test('names only categories of the catalogue', () => {
    const known = offlineRegistry().catalogue.categories.map((category) => category.code);
    expect(
      [...events.ofDevices, ...events.ofPeople]
        .map(({ category }) => category)
        .filter((category) => !known.includes(category)),
    ).toEqual([]);
  });
});
