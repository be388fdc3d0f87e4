/** 逝者近亲属的请求。 */
export const relative = {
  link: '关联逝者账户',
  follows:
    '请先查看所附的死亡证明和亲属关系证明。由另一位隐私官确认后：账户记录为主人已去世，不能再登录或使用；请求就该账户的信息继续办理，只答复这位近亲属。',
  confirming: '可以确认的隐私官：{{names}}。',
  nobodyConfirms: '目前没有其他隐私官可以确认，暂不能提交。请联系管理员指定另一位隐私官。',
  knownBy: '查找方式',
  person: '逝者',
  personHint: '须完整一致，例如死亡证明上的证件号。查找会留下记录。',
  personMissing: '请选择逝者本人的账户',
  unnamed: '未填写姓名',
  lookUpReason: '近亲属请求 {{number}}',
  seen: '从证明中看到了什么',
  seenHint: '例如死亡证明的出具单位、与逝者的关系如何证明。密封保存，提出人看不到。',
  seenMissing: '请写明所见的证明，至少五个字',
  propose: '提交确认',
  proposed: '已提交，由另一位隐私官确认后生效。',
  waits: '这位近亲属要的是谁的信息，正在等另一位同事确认。确认或退回之前，任何人都不能作出决定。',
  toChange: '查看待确认的关联',
  asAsked: '原请求',
  openAsked: '查看原请求和所附证明',
};
