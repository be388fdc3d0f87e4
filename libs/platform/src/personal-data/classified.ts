export interface Classification {
  /** A category code of the catalogue, or `none` for what is about the record and not the person. */
  readonly category: string;
  readonly identifying: boolean;
  readonly sealed: boolean;
}

const classifications = new Map<Function, Map<string, Classification>>();

/** Classifies a column of a table that holds something about a subject; a test fails when one is missing. */
export function Classified(classification: Classification): PropertyDecorator {
  return (target, property) => {
    const columns = classifications.get(target.constructor) ?? new Map<string, Classification>();
    columns.set(String(property), classification);
    classifications.set(target.constructor, columns);
  };
}

/** A column that says nothing about the person: ids, times, states. */
export function AboutTheRecord(): PropertyDecorator {
  return Classified({ category: 'none', identifying: false, sealed: false });
}

/** The classifications of an entity's columns by property name, inherited ones included. */
export function classificationsOf(entity: Function): ReadonlyMap<string, Classification> {
  const inherited = Object.getPrototypeOf(entity) as Function | null;
  const base =
    inherited && inherited !== Function.prototype ? classificationsOf(inherited) : new Map<string, Classification>();
  return new Map([...base, ...(classifications.get(entity) ?? [])]);
}
