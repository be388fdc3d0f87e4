export const development = {
  purpose: '仅在非生产环境提供。',
  mailbox: '邮箱',
  mailboxHint: '未配置的渠道本应发出的内容。',
  noMessages: '还没有发送过内容。',
  refresh: '刷新',
  clock: '时钟',
  clockHint: '所有规则使用的时间。到期的任务会在返回前执行。',
  now: '服务器时间为',
  steps: { PT1H: '前进 1 小时', P1D: '前进 1 天', P7D: '前进 7 天', P30D: '前进 30 天' },
  reset: '恢复真实时间',
  at: '设为',
  atMissing: '请选择时间',
  set: '设置',
};

export const frame = { entries: { development: '开发工具' } };
