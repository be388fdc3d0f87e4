export const holders = {
  purpose: '保存个人信息的外部系统。处理请求时会逐一询问，直到其作出答复。',
  empty: '尚未登记外部系统。',
  add: '登记持有方',
  waiting: '需由另一位操作员确认。',
  name: '名称',
  nameZh: '中文名称',
  nameEn: '英文名称',
  code: '代码',
  codeHint: '小写字母、数字和连字符，不重复使用。',
  address: '地址',
  addressHint: '按约定作答的地址，例如 https://ticketing.internal:8443/abide',
  networks: '网段',
  networksHint: '每行一个，例如 10.0.0.0/8。留空则只允许公网地址。',
  categories: '信息种类',
  state: '状态',
  states: { active: '使用中', suspended: '已暂停', removed: '已移除' },
  health: '运行情况',
  healths: { unknown: '尚未询问', answering: '正常应答', failing: '没有应答' },
  lastAnsweredAt: '最近应答',
  failingSince: '开始失败',
  open: '等待中的请求',
  openCounts: '{{waiting}} 项等待，{{dead}} 项已停止重试',
  failures: {
    addressForbidden: '地址不在登记的网段内',
    hostUnknown: '域名无法解析',
    unreachable: '无法连接',
    timedOut: '超时未答',
    answerTooLarge: '答复过长',
    redirected: '被转到其他地址',
    gone: '对方表示已永久停用',
    refused: '对方拒绝作答',
    badSignature: '答复的签名不符',
    badAnswer: '答复不符合约定格式',
    incomplete: '答复中途中断',
    noCallback: '承诺的答复未送达',
    suspended: '已暂停',
  },
  check: '测试连接',
  checked: '{{name}} 应答正常。',
  unregistered: '它还保存 {{categories}}，但登记时并未列出。',
  secret: '查看密钥',
  secretName: '签名密钥',
  secretOnce: '只显示这一次。请交给该系统的运维人员，双方以此签名。',
  suspend: '暂停',
  suspendHint: '立即停止询问。恢复需要两位操作员。',
  resume: '恢复询问',
  remove: '移除',
  removeHint: '不可恢复。等待它答复的请求将保持未结，并写明其名称。',
  reason: '原因',
  reasonMissing: '请说明原因，原因将作为证据保存。',
};

export const frame = { entries: { holders: '外部持有方' } };
export const settings = {
  permissions: { holder: { read: '查看保存个人信息的外部系统', manage: '登记、测试、暂停和移除外部系统' } },
};
export const changes = {
  kinds: { holderCreation: '登记持有方“{{name}}”', holderResumption: '恢复询问持有方“{{name}}”' },
  follows: {
    holderCreation: '确认后，处理请求时即会询问该系统，提议人可查看一次密钥。拒绝则不作任何变更。',
    holderResumption: '确认后，立即重新询问其尚未答复的事项。拒绝则继续暂停。',
  },
  fields: { baseUrl: '地址', networks: '网段' },
};
export const acts = {
  holder: {
    registered: '登记外部持有方',
    secretShown: '查看持有方密钥',
    suspended: '暂停持有方',
    resumed: '恢复询问持有方',
    removed: '移除持有方',
  },
};
export const objects = { holder: '外部持有方' };
export const problems = {
  holder: {
    not_found: '没有这个持有方。',
    code_taken: '该代码正在使用或曾被使用，请换一个。',
    bad_address: '地址须以 https:// 开头，且不含密码、问号或 #。',
    bad_network: '网段的写法如 10.0.0.0/8 或 fd00::/8。',
    state: '该持有方当前不能进行此操作，没有任何改动。',
    no_secret_due: '这里没有等待您查看的密钥。密钥只向提议人显示一次。',
    unproven: '答复的签名不符，未被采纳。',
    not_waited_for: '没有请求在等待这一答复。',
  },
};
