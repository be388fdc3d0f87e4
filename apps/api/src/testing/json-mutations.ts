import fc from 'fast-check';

/** JSON as it is written: members may come twice, and anything may stand where a value stands. */
type Tree =
  | { readonly raw: string }
  | { readonly items: readonly Tree[] }
  | { readonly members: readonly (readonly [name: string, value: Tree])[] };

interface Mutation {
  /** Which place is changed, counted from the root; taken modulo how many there are. */
  readonly at: number;
  readonly kind: 'replace' | 'leaveOut' | 'repeat' | 'rename' | 'add';
  readonly name: string;
  readonly value: string;
}

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** What has broken parsers, schemas, dates, databases and prototypes before. */
const oddValues = [
  'null',
  'true',
  '-0',
  '0.1',
  '1e308',
  '-1e308',
  '1e400',
  '123456789012345678901234567890',
  '2147483648',
  '""',
  '" "',
  '[]',
  '{}',
  '[null]',
  '[{}]',
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00x"`,
  String.raw`"\u202e"`,
  '"🎫𠮷"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"hasOwnProperty"',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"toString":1}',
  '{"length":1e9}',
  nested(20),
  nested(33),
  nested(5000),
  `"${'x'.repeat(70_000)}"`,
  '"0000-01-01T00:00:00Z"',
  '"+275760-09-13T00:00:00Z"',
  '"2026-02-30T00:00:00Z"',
  '"2026-13-45T25:61:61Z"',
  '"9999-12-31T23:59:59.999999999+99:99"',
  '"2026-11-27"',
  '"NaN"',
  'NaN',
  'undefined',
  '"00000000-0000-0000-0000-000000000000"',
  '"0192F0C1-2F6B-7CC1-A8F0-3C5DE0A1B2C3"',
  `"'; DROP TABLE telemetry.events; --"`,
  '"{1,2}"',
  String.raw`"\\x"`,
];
const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'a\0b',
  '\ud800',
  'events',
  'batchId',
  'x'.repeat(2000),
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(10_000),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'replace', 'replace', 'leaveOut', 'repeat', 'rename', 'add'),
  name: fc.oneof(fc.constantFrom(...oddNames), fc.string({ unit: 'binary', maxLength: 10 })),
  value: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddValues) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  ),
});

/** JSON texts that are `valid` in all but one to three places, and now and then cut off. */
export function nearly(valid: () => unknown): fc.Arbitrary<string> {
  return fc
    .record({
      mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
      cut: fc.oneof(
        { weight: 14, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
      ),
    })
    .map(({ mutations, cut }) => {
      const text = written(mutations.reduce(mutated, treeOf(valid())));
      return text.slice(0, text.length * cut);
    });
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null)
    return { members: Object.entries(value).map(([name, member]) => [name, treeOf(member)] as const) };
  return { raw: JSON.stringify(value) };
}

function written(tree: Tree): string {
  if ('raw' in tree) return tree.raw;
  if ('items' in tree) return `[${tree.items.map(written).join()}]`;
  return `{${tree.members.map(([name, value]) => `${JSON.stringify(name)}:${written(value)}`).join()}}`;
}

function childrenOf(tree: Tree): readonly Tree[] {
  if ('raw' in tree) return [];
  return 'items' in tree ? tree.items : tree.members.map(([, value]) => value);
}

function size(tree: Tree): number {
  return childrenOf(tree).reduce((sum, child) => sum + size(child), 1);
}

function mutated(tree: Tree, { at, ...change }: Mutation): Tree {
  return mutatedAt(tree, at % size(tree), change);
}

function mutatedAt(tree: Tree, at: number, change: Omit<Mutation, 'at'>): Tree {
  if (at === 0) return changed(tree, change);
  let left = at - 1;
  const children = childrenOf(tree);
  const index = children.findIndex((child) => {
    if (left < size(child)) return true;
    left -= size(child);
    return false;
  });
  const orMutated = (child: Tree, place: number) => (place === index ? mutatedAt(child, left, change) : child);
  if ('items' in tree) return { items: tree.items.map(orMutated) };
  return 'members' in tree
    ? { members: tree.members.map(([name, value], place) => [name, orMutated(value, place)] as const) }
    : tree;
}

/** What has no members is replaced, whatever was meant. */
function changed(tree: Tree, { kind, name, value }: Omit<Mutation, 'at'>): Tree {
  const odd: Tree = { raw: value };
  if (!('members' in tree) || kind === 'replace') return odd;
  const [first, ...rest] = tree.members;
  if (kind === 'add' || !first) return { members: [...tree.members, [name, odd]] };
  if (kind === 'leaveOut') return { members: rest };
  if (kind === 'rename') return { members: [[name, first[1]], ...rest] };
  return { members: [...tree.members, [first[0], odd]] };
}
