/** 审计记录与时间线中各操作的名称。 */
export const acts = {
  policy: {
    revision_edit: '保存政策文本',
    revision_submission: '修订提交审核',
    revision_approval: '修订批准',
    revision_rejection: '修订退回',
    revision_schedule: '修订排期',
    revision_activation: '修订生效',
    revision_supersession: '修订被取代',
    revision_withdrawal: '修订撤回',
    accepted: '接受修订',
  },
  campaign: {
    started: '通知活动开始',
    first_pass_completed: '通知活动首轮完成',
    cancelled: '通知活动取消',
    completed: '通知活动完成',
  },
  outreach: { started: '发送调查或营销', cancelled: '取消调查或营销', completed: '调查或营销完成' },
  subject: {
    registered: '用户注册',
    guardianAwaited: '注册等待监护人',
    found: '查找用户',
    soughtInVain: '查找用户未果',
    revealed: '查看遮蔽信息',
    profileChanged: '更改资料',
    identifierChanged: '更改手机号或邮箱',
    passwordChanged: '用户更改密码',
  },
  device: { linked: '关联设备', unlinked: '解除设备关联' },
  operatorSession: {
    started: '操作员登录',
    ended: '操作员会话结束',
    allEnded: '操作员全部会话结束',
    refused: '登录被拒绝',
    steppedUp: '再次确认密码',
  },
  operatorChange: { proposed: '提出操作员变更', confirmed: '确认操作员变更', rejected: '驳回操作员变更' },
  operator: {
    created: '新增操作员',
    rolesChanged: '更改操作员角色',
    activated: '恢复操作员',
    deactivated: '停用操作员',
    passwordChanged: '操作员更改密码',
    factorEnrolled: '启用第二因素',
    factorRemoved: '移除第二因素',
  },
  client: { created: '新增服务客户端', rotated: '更换服务客户端密钥', revoked: '停用服务客户端' },
  registry: { entry_added: '新增登记条目', entry_changed: '更改登记条目' },
  signingKey: { rotated: '更换签名密钥' },
};

export const actors = { operator: '操作员', subject: '用户本人', client: '服务客户端', system: '系统' };

export const objects = {
  revision: '修订',
  subject: '用户',
  policy: '政策',
  campaign: '通知活动',
  outreach: '调查或营销',
  operator: '操作员',
  operatorSession: '会话',
  client: '服务客户端',
  signingKey: '签名密钥',
  profile: '法域参数',
};
