import type { HolderStore, HolderSubject, Question, ToldAnswer } from '@abide/holders';

interface Kept {
  readonly owner: string;
  readonly category: string;
  readonly id: string;
  readonly since: string;
  values: Readonly<Record<string, unknown>>;
}

const nothing: ToldAnswer = { outcome: 'nothing', counts: [], retained: [] };

/** What the demo's ticketing service keeps, while it runs: the name on tickets, and documents that were uploaded. All invented. */
export class TicketingStore implements HolderStore {
  readonly name = '票务系统';
  readonly categories = ['registration.name', 'content.stored'];
  private kept: Kept[] = [
    {
      owner: 'lin.xiaohe@example.com',
      category: 'registration.name',
      id: 'order-20261018-0417',
      since: '2026-10-18T11:20:00Z',
      values: { event: '话剧《雾港》', venue: '滨江剧场', seat: '6排12座', nameOnTicket: '林小禾', priceYuan: 280 },
    },
    {
      owner: 'lin.xiaohe@example.com',
      category: 'content.stored',
      id: 'upload-77',
      since: '2026-10-18T11:24:00Z',
      values: { fileName: '购票授权书.txt', mediaType: 'text/plain', content: '本人授权同伴代为取票。' },
    },
  ];

  describe(subject: HolderSubject): ToldAnswer {
    const own = this.of(subject);
    const holdings = [...Map.groupBy(own, ({ category }) => category)].map(([category, kept]) => ({
      category,
      count: kept.length,
      since: kept.map(({ since }) => since).sort()[0] ?? null,
      until: null,
    }));
    return { outcome: holdings.length > 0 ? 'done' : 'nothing', holdings };
  }

  *export(subject: HolderSubject, categories: readonly string[]): Iterable<object> {
    for (const { category, id, since, values } of this.of(subject))
      if (categories.length === 0 || categories.includes(category)) yield { category, id, since, values };
  }

  act(operation: string, question: Question): ToldAnswer {
    const own = this.of(question.subject ?? { id: '', identifiers: [] });
    if (operation === 'erase') return this.erase(own);
    if (operation === 'correct') return this.correct(own, question);
    return operation === 'restrict' ? counted(own) : nothing;
  }

  private erase(own: readonly Kept[]): ToldAnswer {
    this.kept = this.kept.filter((one) => !own.includes(one));
    return counted(own);
  }

  /** The name on tickets; what was uploaded is as it was uploaded. */
  private correct(own: readonly Kept[], question: Question): ToldAnswer {
    const corrections = (question['corrections'] ?? []) as readonly { category: string; value: unknown }[];
    const name = corrections.find(({ category }) => category === 'registration.name')?.value;
    if (name === undefined) return nothing;
    const tickets = own.filter(({ category }) => category === 'registration.name');
    for (const ticket of tickets) ticket.values = { ...ticket.values, nameOnTicket: name };
    return counted(tickets);
  }

  private of({ identifiers }: HolderSubject): Kept[] {
    return this.kept.filter(({ owner }) => identifiers.some(({ value }) => value === owner));
  }
}

function counted(kept: readonly Kept[]): ToldAnswer {
  if (kept.length === 0) return nothing;
  const counts = [...Map.groupBy(kept, ({ category }) => category)].map(([category, { length: count }]) => ({
    category,
    count,
  }));
  return { outcome: 'done', counts, retained: [] };
}
