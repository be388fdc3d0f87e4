/** 请求是谁的，由谁经办和决定。 */
export const deciders = {
  who: {
    title: '个人',
    noAccount: '无账户',
    accountClosed: '账户已注销',
    unnamed: '未填写姓名',
    by: { web: '网页', telephone: '电话', letter: '来信', counter: '柜台' },
  },
  lastTried: '最近一次询问没有得到答复，之后会自动再试。',
  meanwhile: {
    title: '您打开此页之后，请求有了新进展。',
    written: '您写的答复没有发出，可以从这里复制：',
  },
  joined: { tag: '已并入', title: '已并入', into: '并入同类请求 {{number}}' },
  whoDecides: {
    kind: '“{{type}}”请求由隐私官决定。',
    decidedBefore: '复核由没有参与先前决定的同事作出。',
    ownDecision: '此决定由您作出或登记，须由另一位同事确认。',
    names: '可以决定的同事：{{names}}。可用“转交”交给他们。',
    nobody: '目前没有可以决定的同事，请联系管理员。',
  },
  handOver: {
    title: '转交',
    follows: '交给同事经办，或退回无人经办。对方会在概览中看到。',
    onlyAnswers: '{{name}}（不能决定此请求）',
    missing: '请选择交给谁',
    done: '经办人现为：{{name}}。',
  },
  extendedUntil: '延长后的期限：',
  extendedOnceAnswered: '本人回复后，按延长的时间计算新期限',
};
