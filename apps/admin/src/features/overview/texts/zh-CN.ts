export const overview = {
  purpose: '先看等待您处理的事项，再看已公告的修订及其通知进展。',
  mine: '等待您处理',
  nothingMine: '没有等待您处理的事项。',
  decideChange: '查看并决定',
  changeUntil: '由{{name}}提议',
  toPolicies: '查看政策',
  others: '等待他人处理',
  scheduled: '已公告',
  nothingScheduled: '没有已公告的修订。',
  allCampaigns: '全部通知活动',
  noCampaigns: '没有进行中的通知活动。',
  coverageOf: '{{title}}的覆盖率',
  acts: { submission: '继续', approval: '审阅并决定', schedule: '排期' },
};

export const frame = { entries: { overview: '概览' } };
