import { clauseMarkdown, type GlossaryEntry } from '@abide/rulebook';
import type { Glossary } from './glossary.js';
import { escapeHtml, trusted, type Html } from './html.js';

interface Explaining {
  readonly glossary: Glossary;
  readonly met: Set<GlossaryEntry>;
}

/** What is known while a body is written, token by token. */
interface Writing {
  readonly explaining?: Explaining;
  isInsideLink: boolean;
}

/** Clauses are second-level headings; what a body calls its first level stands below that. */
const levelsBelowClause = 2;

const markdown = clauseMarkdown();

markdown.renderer.rules['text'] = (tokens, index, _options, env) => {
  const content = tokens[index]?.content ?? '';
  const { explaining, isInsideLink } = env as unknown as Writing;
  return explaining && !isInsideLink ? explaining.glossary.explain(content, explaining.met) : escapeHtml(content);
};

markdown.renderer.rules['link_open'] = (tokens, index, options, env, renderer) => {
  (env as unknown as Writing).isInsideLink = true;
  const link = tokens[index];
  link?.attrSet('rel', 'noopener noreferrer');
  link?.attrSet('href', clauseAnchor(String(link.attrGet('href') ?? '')));
  return renderer.renderToken(tokens, index, options);
};

markdown.renderer.rules['link_close'] = (tokens, index, options, env, renderer) => {
  (env as unknown as Writing).isInsideLink = false;
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
  return trusted(markdown.render(body, { explaining, isInsideLink: false }));
}

/** A link to a clause of the same text, `#keep.periods`, leads to its section on the page. */
function clauseAnchor(address: string): string {
  return /^#(?!c-)./.test(address) ? `#c-${address.slice(1)}` : address;
}
