import { Injectable } from '@nestjs/common';
import { HolderCalls, type KnownDescription } from '@abide/holders';
import type { OutsideFound } from '../findings/outside-found.js';
import type { SubjectRequest } from './request.entity.js';
import { OutsideQuestions, questionId } from './outside-questions.js';

/** What holders outside have of what a request is about: asked for outside of transactions, then known inside of them. */
@Injectable()
export class OutsideFindings {
  constructor(
    private readonly calls: HolderCalls,
    private readonly questions: OutsideQuestions,
  ) {}

  /** Asks every one of them, all at once. */
  async look(request: SubjectRequest): Promise<void> {
    const names = await this.questions.asked(request);
    if (names.length === 0) return;
    const question = await this.questions.of(request);
    await Promise.all(names.map((name) => this.calls.describe(name, question)));
  }

  /** The same, of those who were never asked. */
  async lookOnce(request: SubjectRequest): Promise<void> {
    for (const name of await this.questions.asked(request))
      if (!(await this.calls.lastDescription(name, questionId(request))))
        await this.calls.describe(name, await this.questions.of(request));
  }

  /** As they said the last time. Who did not say has, for all we know, something of each kind that it was registered for. */
  async known(request: SubjectRequest): Promise<OutsideFound[]> {
    const found: OutsideFound[] = [];
    for (const holder of await this.questions.asked(request)) {
      const said = await this.calls.lastDescription(holder, questionId(request));
      if (said) found.push(...partsOf(holder, said));
    }
    return found.filter(({ category }) => request.categories.length === 0 || request.categories.includes(category));
  }
}

function partsOf(holder: string, { outcome, holdings, categories }: KnownDescription): OutsideFound[] {
  if (outcome === 'nothing') return [];
  if (outcome === 'done') return holdings.map((holding) => ({ holder, outcome, ...holding }));
  return categories.map((category) => ({ holder, category, count: 0, since: null, until: null, outcome }));
}
