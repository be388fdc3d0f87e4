export const deliveries = {
  state: '状态',
  replayed: '已重新发出。',
  kinds: { other: '消息', request: { opened: '收到一项请求', closed: '一项请求已结束' } },
  receivers: {
    tab: '接收系统',
    purpose: '请求提出或结束时通知的系统：只有编号、类型、状态和时间，不含任何个人信息。',
    empty: '没有其他系统接收请求的通知。',
    add: '通知另一个系统',
    name: '接收方',
    url: '地址',
    events: '通知事项',
    since: '开始时间',
    missing: '请填写此项。',
    propose: '请同事确认',
    proposed: '已提交，等待第二位操作员确认。',
    showSecret: '查看密钥',
    secret: '签名密钥',
    secretOnce: '只显示这一次，请交给接收系统的负责人。',
    end: '停止通知',
    endSure: '从现在起不再通知该系统？',
    ended: '已停止通知。',
  },
  webhooks: {
    tab: '发往其他系统的消息',
    purpose: '通知了其他系统哪些事项，进展如何。对方始终未接收的，可以重新发送。',
    empty: '还没有向其他系统发送过消息。',
    kind: '消息',
    destination: '接收方',
    attempts: '尝试次数',
    failure: '最近一次失败的原因',
    nextAttemptAt: '下次尝试',
    createdAt: '起始时间',
    replay: '重新发送',
  },
  failures: {
    other: '未成功',
    addressForbidden: '地址不是公网 https 地址，也不在许可名单内',
    hostUnknown: '域名无法解析',
    unreachable: '无法连接接收方',
    timedOut: '接收方未在时限内答复',
    answerTooLarge: '答复超过允许的长度',
    redirected: '接收方要求转往别处（{{status}}），系统不跟随跳转',
    gone: '接收方表示不再接收（410）',
    refused: '接收方答复 {{status}}',
    notComposed: '消息未能生成，原因见日志',
    answerNotTaken: '接收方已接收，但其答复无法使用，原因见日志',
  },
  work: {
    tab: '失败的任务',
    purpose: '多次执行均失败的后台任务。原因见日志，排除后可重新执行。',
    empty: '所有任务均已完成。',
    what: '任务',
    queuedAt: '提出时间',
    failedAt: '放弃时间',
    replay: '重新执行',
  },
  queues: {
    other: '其他任务',
    identity: { admit_ward: '监护人确认后接纳儿童' },
    notifications: { first_pass: '通知活动的首轮通知', outreach: '发送调查或营销' },
    consent: { reminder: '发送同意提醒', hand_over_message: '告知成年用户其同意已由本人掌握' },
  },
};

export const frame = { entries: { deliveries: '投递' } };
export const settings = {
  permissions: { delivery: { read: '查看投递与失败的任务', replay: '重新发送或执行失败的事项' } },
};
export const states = { pending: '投递中', delivered: '已送达', dead: '已放弃' };
export const acts = {
  webhook: {
    subscribed: '开始通知其他系统',
    ended: '停止通知其他系统',
    secretShown: '查看签名密钥',
    replayed: '重新发送致其他系统的消息',
  },
  job: { replayed: '重新执行失败的任务' },
};
export const objects = { webhookSubscription: '接收通知的系统', webhook: '致其他系统的消息', job: '后台任务' };
export const problems = {
  webhook: {
    not_found: '该消息已不存在。',
    not_dead: '该消息并未放弃投递，未作任何更改。请重新加载页面。',
  },
  job: { not_found: '该任务已不存在，未作任何更改。请重新加载页面。' },
};
