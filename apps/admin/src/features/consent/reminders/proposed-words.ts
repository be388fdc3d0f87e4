import type { NewReminder } from '../../../api/types.js';

/** What a reminder may say, to begin with; subjects read it in their own language, whatever the operator's. */
export const proposedWords: Readonly<Record<NewReminder['state'], Pick<NewReminder, 'title' | 'summary'>>> = {
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
