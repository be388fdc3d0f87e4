export const account = {
  sessions: '我的会话',
  purpose: '您已登录的浏览器。如有不认识的会话，请结束它并修改密码。',
  device: '浏览器',
  unknownDevice: '未知浏览器',
  thisOne: '当前',
  signedInAt: '登录时间',
  lastSeenAt: '最近使用',
  end: '结束',
  endSure: '结束此会话？',
  none: '没有会话。',
};
