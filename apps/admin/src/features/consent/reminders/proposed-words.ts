import type { NewReminder } from '../consent.types.js';

type State = NewReminder['state'];
type Words = Pick<NewReminder, 'title' | 'summary'>;

/** What a reminder may say, to begin with; subjects read it in their own language, whatever the operator's. */
export const proposedWords: Readonly<Record<State, Words>> = {
  stale: {
    title: { 'zh-CN': '请再次确认您的选择', en: 'Please confirm your choice again' },
    summary: {
      'zh-CN': '隐私政策有变化，您此前的同意不再适用于变化的部分。请阅读变化，再决定是否再次同意。',
      en: 'The privacy policy has changed, and your consent no longer covers what changed. Read what changed and decide whether to consent again.',
    },
  },
  expired: {
    title: { 'zh-CN': '您的同意已到期', en: 'Your consent has ended' },
    summary: {
      'zh-CN': '您此前的同意已到期，我们已停止相应的使用。如愿继续，请再次同意。',
      en: 'The term of your consent is over and we have stopped. If you would like to go on, consent again.',
    },
  },
};

/** The proposal for another state, except where the operator wrote words of their own. */
export function wordsFor(state: State, { words, of }: { words: Words; of: State }): Words {
  const [before, after] = [proposedWords[of], proposedWords[state]];
  const choose = (part: keyof Words, language: 'zh-CN' | 'en') =>
    (words[part][language] === before[part][language] ? after : words)[part][language];
  return {
    title: { 'zh-CN': choose('title', 'zh-CN'), en: choose('title', 'en') },
    summary: { 'zh-CN': choose('summary', 'zh-CN'), en: choose('summary', 'en') },
  };
}
