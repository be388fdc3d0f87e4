import { clauseMarkdown } from '@abide/rulebook';
import type { ImportedParagraph } from '../document.js';

const markdown = clauseMarkdown();

/** The lines of a clause body as its readers see them, each paragraph, list item and table row one, without the signs that mark them up. */
export function paragraphsOf(body: string): ImportedParagraph[] {
  const found: ImportedParagraph[] = [];
  let [level, cells]: [number, string[] | null] = [0, null];
  let isHead = false;
  for (const { type, content, children } of markdown.parse(body, {})) {
    if (type === 'list_item_open') level += 1;
    else if (type === 'list_item_close') level -= 1;
    else if (type === 'thead_open') isHead = true;
    else if (type === 'thead_close') isHead = false;
    else if (type === 'tr_open') cells = [];
    else if (type === 'tr_close') {
      found.push({ text: (cells ?? []).join(' | '), level: isHead ? level : level + 1, isRow: true });
      cells = null;
    } else if (type === 'inline' || content !== '') {
      const text = onOneLine(type === 'inline' ? (children ?? []).map(shown).join('') : content);
      if (cells) cells.push(text);
      else if (text !== '') found.push({ text, level, isRow: false });
    }
  }
  return found;
}

function shown({ type, content }: { readonly type: string; readonly content: string }): string {
  return type === 'softbreak' || type === 'hardbreak' ? '\n' : content;
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}

/** The Markdown that reads back as these lines, but that a line stands at most one deeper than the line before it. */
export function bodyOf(paragraphs: readonly ImportedParagraph[]): string {
  let body = '';
  let before: ImportedParagraph | null = null;
  for (const paragraph of paragraphs) {
    const level: number = paragraph.isRow
      ? 0
      : Math.min(paragraph.level, before === null || before.isRow ? 1 : before.level + 1);
    const isBeside =
      before !== null && (paragraph.isRow ? before.isRow : level > 0 && before.level > 0 && !before.isRow);
    if (before) body += isBeside ? '\n' : '\n\n';
    if (paragraph.isRow) body += rowOf(paragraph.text, before === null || !before.isRow);
    else body += level === 0 ? escaped(paragraph.text) : `${'  '.repeat(level - 1)}- ${escaped(paragraph.text)}`;
    before = { ...paragraph, level };
  }
  return body;
}

function rowOf(text: string, isHead: boolean): string {
  const cells = text.split(' | ').map((cell) => escaped(cell.trim()).replaceAll(/\\?\|/g, '\\|'));
  const row = `| ${cells.join(' | ')} |`;
  return isHead ? `${row}\n|${' --- |'.repeat(cells.length)}` : row;
}

/** The line with backslashes where Markdown would take its signs for something else. */
function escaped(line: string): string {
  const atStart = line.replace(/^(\d{1,9})([.)])/, '$1\\$2').replace(/^[#>+=*-]/, String.raw`\$&`);
  const reads = (text: string) => readsAs(text, line, 0) && readsAs(`- ${text}`, line, 1);
  return [line, atStart].find(reads) ?? line.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function readsAs(body: string, text: string, level: number): boolean {
  const [first, ...rest] = paragraphsOf(body);
  return rest.length === 0 && first?.text === text && first.level === level && !first.isRow;
}
