/** 每个错误码一句话：发生了什么、保留了什么、该做什么。 */
export const problems = {
  unreachable: '无法连接服务器，没有任何更改。请检查网络后重试。',
  unexpected: '此页面出现问题，没有任何更改。请重试。',
  unknownCode: '服务器拒绝了此操作（{{status}}）。',
  reference: '参考编号：{{id}}',
  http: { 500: '服务器出错，没有任何更改。请稍后重试。', 502: '服务器暂时不可用。', 503: '服务器暂时不可用。' },
  session: {
    invalid_credentials: '邮箱或密码不正确。',
    expired: '会话已结束，请重新登录。',
    csrf: '页面与当前会话不一致，请重新加载后再试。',
    step_up_required: '此操作需要再次输入密码。',
  },
  operator: { forbidden: '您的角色不允许此操作，需要权限“{{permission}}”。' },
};
