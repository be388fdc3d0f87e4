import type { Clause, PolicyDocument, Term } from '@abide/rulebook';

/** One change an editor makes to a policy text. */
export type Edit =
  | { readonly kind: 'frame'; readonly change: Partial<Omit<PolicyDocument, 'clauses'>> }
  | { readonly kind: 'clause'; readonly index: number; readonly change: Partial<Clause> }
  | { readonly kind: 'addClause'; readonly after: number; readonly clause: Clause }
  | { readonly kind: 'removeClause'; readonly index: number }
  | { readonly kind: 'moveClause'; readonly index: number; readonly by: -1 | 1 }
  | { readonly kind: 'addTerm'; readonly clause: number; readonly term: Term }
  | { readonly kind: 'term'; readonly clause: number; readonly index: number; readonly term: Term }
  | { readonly kind: 'removeTerm'; readonly clause: number; readonly index: number };

/** The text after the change; what did not change keeps its identity. */
export function edited(document: PolicyDocument, edit: Edit): PolicyDocument {
  switch (edit.kind) {
    case 'frame':
      return withoutAbsent({ ...document, ...edit.change });
    case 'clause':
      return withClause(document, edit.index, (clause) => ({ ...clause, ...edit.change }));
    case 'addClause':
      return { ...document, clauses: document.clauses.toSpliced(edit.after + 1, 0, edit.clause) };
    case 'removeClause':
      return { ...document, clauses: document.clauses.toSpliced(edit.index, 1) };
    case 'moveClause':
      return { ...document, clauses: moved(document.clauses, edit.index, edit.index + edit.by) };
    case 'addTerm':
      return withClause(document, edit.clause, (clause) => ({ ...clause, terms: [...clause.terms, edit.term] }));
    case 'term':
      return withClause(document, edit.clause, (clause) => ({
        ...clause,
        terms: clause.terms.with(edit.index, edit.term),
      }));
    case 'removeTerm':
      return withClause(document, edit.clause, (clause) => ({
        ...clause,
        terms: clause.terms.toSpliced(edit.index, 1),
      }));
  }
}

/** An empty clause with an id that no other clause has. */
export function newClause(document: PolicyDocument): Clause {
  const taken = new Set(document.clauses.map(({ id }) => id));
  let number = document.clauses.length + 1;
  while (taken.has(`clause-${number}`)) number += 1;
  return { id: `clause-${number}`, heading: { 'zh-CN': '', en: '' }, body: { 'zh-CN': '', en: '' }, terms: [] };
}

function withClause(document: PolicyDocument, index: number, change: (clause: Clause) => Clause): PolicyDocument {
  const clause = document.clauses[index];
  return clause ? { ...document, clauses: document.clauses.with(index, change(clause)) } : document;
}

function moved<Item>(items: Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

function withoutAbsent<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}
