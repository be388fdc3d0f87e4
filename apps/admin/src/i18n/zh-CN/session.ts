export const session = {
  email: '邮箱',
  emailMissing: '请输入邮箱',
  password: '密码',
  passwordMissing: '请输入密码',
  useCode: '我有第二因素验证码',
  code: '第二因素验证码',
  codeHint: '验证器中的六位数字，或一个恢复码',
  signIn: { title: '登录控制台', purpose: '供平台操作员使用。您在此的操作会被记录。', act: '登录' },
  signInAgain: {
    title: '会话已结束',
    why: '您输入的内容仍在页面上。请输入密码继续。',
    act: '继续',
    leave: '以其他账户登录',
  },
  stepUpAgain: {
    title: '请确认是您本人',
    why: '此操作需要再次输入密码，五分钟内有效。',
    act: '确认',
    leave: '不继续',
  },
};
