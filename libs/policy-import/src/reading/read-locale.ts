import type { ReadLocale, TextBlock } from '../document.js';

/** From which share of lines on a language is one of the document's. */
const least = 0.15;

/** The language that a document is written in, and how many lines are in its lesser one where it has two. */
export function localeOf(blocks: readonly TextBlock[]): { readonly locale: ReadLocale; readonly lesser: number } {
  const languages = blocks.map(({ text }) => languageOf(text));
  const [chinese, english] = (['zh-CN', 'en'] as const).map(
    (one) => languages.filter((each) => each === one).length,
  ) as [number, number];
  const lesser = Math.min(chinese, english);
  if (lesser >= 2 && lesser >= least * (chinese + english)) return { locale: 'mixed', lesser };
  return { locale: english > chinese ? 'en' : 'zh-CN', lesser: 0 };
}

/** A Chinese sentence may name things in English; an English one hardly has three Chinese characters. Null for numbers and names. */
export function languageOf(text: string): 'zh-CN' | 'en' | null {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  if (chinese === 0 && words === 0) return null;
  return chinese * 2 >= words ? 'zh-CN' : 'en';
}
