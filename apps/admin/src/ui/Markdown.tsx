import { clauseMarkdown } from '@abide/rulebook';
import { memo } from 'react';
import css from './Markdown.module.css';

const markdown = clauseMarkdown();
const openLink =
  markdown.renderer.rules['link_open'] ??
  ((tokens, index, options, _environment, self) => self.renderToken(tokens, index, options));
markdown.renderer.rules['link_open'] = (tokens, index, options, environment, self) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return openLink(tokens, index, options, environment, self);
};

/** A text of a clause or a notice as its readers will see it. */
export const Markdown = memo(function Markdown({ text, lang }: { text: string; lang?: string }) {
  return <div className={css['markdown']} lang={lang} dangerouslySetInnerHTML={{ __html: markdown.render(text) }} />;
});
