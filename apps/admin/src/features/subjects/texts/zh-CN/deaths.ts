export const deaths = {
  title: '去世记录',
  means: '此账户已记录为主人去世：不能登录，其信息也不再收集、使用或共享。',
  notedAt: '记录时间',
  open: '近亲属未办结的请求',
  answered: '近亲属已办结的请求',
  withdraw: '撤回去世记录',
  follows: {
    again: '账户重新归其主人使用：可以登录，其信息可以再按政策收集、使用和共享。',
    ended: '撤回近亲属尚未办结的 {{open}} 项请求，销毁 {{packages}} 份尚可领取的资料包。',
    stays: '已办结的 {{answered}} 项请求不能撤回：已领取的资料和已作的更改保持原样。',
    second: '须由另一位隐私官确认。',
  },
  reason: '如何发现记录有误',
  reasonHint: '例如谁到场、出示了什么。密封保存。',
  reasonMissing: '请写明有误的依据，至少五个字',
  propose: '提交确认',
  proposed: '已提交，由另一位隐私官确认后生效。',
};
