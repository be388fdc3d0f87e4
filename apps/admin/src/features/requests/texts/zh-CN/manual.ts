/** What is left to a person to do, and how they say that it is done. */
export const manual = {
  open: '记录处理结果',
  title: '人工处理：{{holder}}',
  todo: {
    correction: '请在该处更正：{{kinds}}。更正后的内容见“请求内容”。',
    restriction: '请在该处停止使用、只作保存：{{kinds}}。',
    access: '请在该处查找：{{kinds}}，并附上属于本人的内容的副本。',
    other: '请在该处处理：{{kinds}}。',
  },
  needsIdentifier: '该处无法用已知的识别信息查找，请人工核对是否有此人的信息。',
  outcome: '处理结果',
  outcomes: { done: '已处理', nothing: '没有需要处理的', withdrawn: '该处及其信息已无法触及' },
  withdrawn: '该处已停用，不再询问。请人工核对是否仍能在该处处理。',
  evidence: '做了什么，有何凭据',
  evidenceHint: '密封保存，本人不会看到。',
  choose: '选择文件',
  leftTo: '由{{who}}处理',
  copies: '该处所存内容的副本',
  copiesHint: '本人会在资料包中看到。请去掉或遮盖涉及他人的内容。',
  files: '凭据文件',
  recorded: '已记录，请求继续执行。',
};
