/** 由谁代为提出。 */
export const asker = {
  enterprise: '企业',
  itself: '企业账户',
  contact: '联系人 {{name}}',
  member: '成员 {{name}}',
  guardian: '监护人 {{name}}，代{{ward}}提出',
  theWard: '孩子',
  guardianTitle: '提出人',
  gone: '（已注销）',
  relative: '逝者的近亲属',
  title: '由谁代为提出',
};
