import type { HolderStore, Question, ToldAnswer } from '../kit/holder-server.js';
import type { HolderSubject } from '../protocol/holder-client.js';
import type { HolderOperation } from '../protocol/holder-answers.js';

export interface StoredRecord {
  readonly owner: string;
  readonly category: string;
  readonly id: string;
  readonly since: string;
  values: Record<string, unknown>;
}

const nothing: ToldAnswer = { outcome: 'nothing', counts: [], retained: [] };

/** A service that keeps a few records in memory, by the id or by any identifier of whose they are. */
export class SmallStore implements HolderStore {
  readonly name = 'A small shop';
  readonly categories = ['account.contact', 'service.orders'];
  /** What was asked of it, in order. */
  readonly asked: string[] = [];

  constructor(public records: StoredRecord[] = []) {}

  describe(subject: HolderSubject): ToldAnswer {
    this.asked.push('describe');
    const holdings = [...Map.groupBy(this.of(subject), ({ category }) => category)].map(([category, own]) => ({
      category,
      count: own.length,
      since: own.map(({ since }) => since).sort()[0],
      until: null,
    }));
    return { outcome: holdings.length > 0 ? 'done' : 'nothing', holdings };
  }

  *export(subject: HolderSubject): Iterable<object> {
    this.asked.push('export');
    for (const { category, id, since, values } of this.of(subject)) yield { category, id, since, values };
  }

  act(operation: HolderOperation, question: Question): ToldAnswer {
    this.asked.push(operation);
    const own = this.of(question.subject ?? { id: '', identifiers: [] });
    if (operation === 'erase') {
      this.records = this.records.filter((record) => !own.includes(record));
      return counted(own);
    }
    if (operation === 'correct') return this.correct(own, question);
    return operation === 'restrict' ? counted(own) : nothing;
  }

  private correct(own: StoredRecord[], question: Question): ToldAnswer {
    const corrections = (question['corrections'] ?? []) as { category: string; value: unknown }[];
    const changed = own.filter((record) => {
      const correction = corrections.find(({ category }) => category === record.category);
      if (correction) record.values = { ...record.values, value: correction.value };
      return correction !== undefined;
    });
    return counted(changed);
  }

  private of({ id, identifiers }: HolderSubject): StoredRecord[] {
    return this.records.filter(({ owner }) => owner === id || identifiers.some(({ value }) => value === owner));
  }
}

function counted(records: readonly StoredRecord[]): ToldAnswer {
  if (records.length === 0) return nothing;
  const counts = [...Map.groupBy(records, ({ category }) => category)].map(([category, own]) => ({
    category,
    count: own.length,
  }));
  return { outcome: 'done', counts, retained: [] };
}
