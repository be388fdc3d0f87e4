export const overview = {
  purpose: '先看等待您处理的事项，再看已公告的修订及其通知进展。',
  mine: '等待您处理',
  nothingMine: '没有等待您处理的事项。',
  toRequests: '查看全部请求',
  toPolicies: '查看政策',
  others: '等待他人处理',
};

export const frame = { entries: { overview: '概览' } };
