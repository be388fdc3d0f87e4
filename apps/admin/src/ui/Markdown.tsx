import MarkdownIt from 'markdown-it';
import { memo } from 'react';
import css from './Markdown.module.css';

/** No HTML from the text, no pictures, links only to http(s) and mail (markdown-it refuses the rest). */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('image');
const openLink = markdown.renderer.rules['link_open'] ?? ((tokens, index, options, _environment, self) => self.renderToken(tokens, index, options));
markdown.renderer.rules['link_open'] = (tokens, index, options, environment, self) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return openLink(tokens, index, options, environment, self);
};

/** A text of a clause or a notice as its readers will see it. */
export const Markdown = memo(function Markdown({ text, lang }: { text: string; lang?: string }) {
  return <div className={css['markdown']} lang={lang} dangerouslySetInnerHTML={{ __html: markdown.render(text) }} />;
});
