export { policies } from './zh-CN/policies.js';

export const frame = { entries: { policies: '政策' } };
export const overview = { parts: { revisions: '进行中的修订' } };
export const timeline = {
  kinds: { accepted: '同意 · {{policy}} 第 {{revision}} 版' },
  parts: { acceptances: '接受记录' },
};
