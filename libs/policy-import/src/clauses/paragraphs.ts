import { clauseMarkdown } from '@abide/rulebook';
import type { ImportedParagraph } from '../document.js';

const markdown = clauseMarkdown();

/** The lines of a clause body as its readers see them, each paragraph, list item and table row one, without the signs that mark them up. */
export function paragraphsOf(body: string): ImportedParagraph[] {
  return markdown
    .parse(body, {})
    .flatMap(({ type, content, children }) => {
      if (type === 'inline') return [(children ?? []).map(shown).join('')];
      return content === '' ? [] : [content];
    })
    .map((text) => ({ text: text.replaceAll(/\s*\n\s*/g, ' ').trim() }))
    .filter(({ text }) => text !== '');
}

function shown({ type, content }: { readonly type: string; readonly content: string }): string {
  return type === 'softbreak' || type === 'hardbreak' ? '\n' : content;
}
