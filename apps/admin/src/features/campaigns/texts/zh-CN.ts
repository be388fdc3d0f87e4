export { campaigns } from './zh-CN/campaigns.js';
export { outreach } from './zh-CN/outreach.js';

export const frame = { entries: { campaigns: '通知活动' } };
export const overview = { parts: { campaigns: '通知活动' } };
export const timeline = {
  kinds: {
    noticed: '收到通知 · {{policy}} 第 {{revision}} 版',
    opened: '打开通知 · {{policy}} 第 {{revision}} 版',
    personalNoticed: '收到通知 · $t(subjects.noticeKinds.{{notice}})',
    personalOpened: '打开通知 · $t(subjects.noticeKinds.{{notice}})',
  },
  parts: { notices: '通知' },
};
