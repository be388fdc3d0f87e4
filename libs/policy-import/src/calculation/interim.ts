import { createHash } from 'node:crypto';
import type { RulebookRegistry } from '@abide/rulebook';
import type { ImportedClause, Proposal } from '../document.js';

/** A collection or a retention for each sentence that names a category by its label. Stands in until there is a lexicon. */
export function proposalsOf(clauses: readonly ImportedClause[], { catalogue }: RulebookRegistry): Proposal[] {
  return clauses.flatMap(({ id, paragraphs }) =>
    paragraphs.flatMap(({ text }, paragraph) => {
      let start = 0;
      return (text.match(/[^。.]+[。.]?/g) ?? []).flatMap((sentence): Proposal[] => {
        const [from, end] = [start, start + sentence.length];
        start = end;
        const words = ({ label }: { label: { 'zh-CN': string; en: string } }) =>
          [label['zh-CN'], label.en].find((word) => sentence.toLowerCase().includes(word.toLowerCase()));
        const categories = catalogue.categories.filter(words);
        if (categories.length === 0) return [];
        const evidence = categories.map((category) => {
          const at = from + sentence.toLowerCase().indexOf((words(category) ?? '').toLowerCase());
          return { start: at, end: at + (words(category) ?? '').length, field: 'categories', code: category.code };
        });
        const codes = categories.map(({ code }) => code);
        const purposes = catalogue.purposes.filter(words).map(({ code }) => code);
        const isKept = /保存|keep|kept/i.test(sentence);
        const term = isKept
          ? { type: 'retention' as const, categories: codes, period: 'P1Y' }
          : { type: 'collection' as const, categories: codes, ...(purposes.length > 0 && { purposes }) };
        const proposalId = createHash('sha256')
          .update(JSON.stringify([id, sentence, term]))
          .digest('hex')
          .slice(0, 16);
        const open = isKept ? ['then'] : [...(purposes.length > 0 ? [] : ['purposes']), 'basis'];
        return [{ id: proposalId, clauseId: id, paragraph, start: from, end, term, evidence, open }];
      });
    }),
  );
}
