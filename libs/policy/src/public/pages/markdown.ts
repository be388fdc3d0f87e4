import { clauseMarkdown, type GlossaryEntry } from '@abide/rulebook';
import type { Glossary } from './glossary.js';
import { escapeHtml, trusted, type Html } from './html.js';

interface Explaining {
  readonly glossary: Glossary;
  readonly met: Set<GlossaryEntry>;
}

/** Clauses are second-level headings; what a body calls its first level stands below that. */
const levelsBelowClause = 2;

const markdown = clauseMarkdown();

markdown.renderer.rules['text'] = (tokens, index, _options, env) => {
  const content = tokens[index]?.content ?? '';
  const { explaining } = env as { explaining?: Explaining };
  return explaining && !isInsideLink(tokens, index) ? explaining.glossary.explain(content, explaining.met) : escapeHtml(content);
};

markdown.renderer.rules['link_open'] = (tokens, index, options, _env, renderer) => {
  const link = tokens[index];
  link?.attrSet('rel', 'noopener noreferrer');
  link?.attrSet('href', clauseAnchor(String(link.attrGet('href') ?? '')));
  return renderer.renderToken(tokens, index, options);
};

markdown.core.ruler.push('headings_below_clause', ({ tokens }) => {
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + levelsBelowClause)}`;
  }
});

/** The body of a clause as HTML, with the words of the glossary explained at their first place. */
export function renderBody(body: string, explaining?: Explaining): Html {
  return trusted(markdown.render(body, { explaining }));
}

/** A link to a clause of the same text, `#keep.periods`, leads to its section on the page. */
function clauseAnchor(address: string): string {
  return /^#(?!c-)./.test(address) ? `#c-${address.slice(1)}` : address;
}

function isInsideLink(tokens: readonly { readonly type: string }[], index: number): boolean {
  const last = tokens.slice(0, index).findLast(({ type }) => type === 'link_open' || type === 'link_close');
  return last?.type === 'link_open';
}
