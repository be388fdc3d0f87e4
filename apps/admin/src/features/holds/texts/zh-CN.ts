export const holds = {
  purpose: '哪些个人信息暂不删除、依据什么、到何时为止。',
  empty: '目前没有保全。请在相应个人的页面上设置。',
  emptyOfOne: '此人的信息没有保全。法院、主管机关或争议处理需要的信息，可设置保全以防删除。',
  find: '查找个人并设置保全',
  place: '设置保全',
  placed: '保全已设置并生效。',
  followsPlacing:
    '设置后立即生效：无论本人请求还是保存期限届满，保全范围内的信息在到期前均不删除。提前解除须由第二位操作员确认。',
  article: '法律依据或文书',
  articleHint: '可以告知本人时，本人会看到此项。案号和姓名请写在备注中。',
  ground: '事由',
  grounds: {
    litigation: '诉讼或仲裁',
    courtOrder: '法院裁定',
    investigation: '有权机关调查取证',
    supervision: '监管检查',
    incident: '安全事件',
  },
  covers: '保全范围',
  coversHint: '不选则涵盖全部信息。',
  everything: '全部信息',
  from: '收集时间不早于',
  to: '收集时间早于',
  periodHint: '不填则不限收集时间。',
  until: '到期时间',
  untilHint: '到期后不再保全。最长十年。',
  told: '告知本人',
  seen: '可以告知',
  barred: '不得告知',
  barredBy: '不得告知，依据：{{article}}',
  mayNotTell: '依法不得告知本人',
  tellingHint: '未勾选时，本人可看到事由、依据和到期时间。勾选后，给本人的答复中不得透露此保全。',
  barredArticle: '不得告知的法律依据',
  notes: '备注',
  notesHint: '以本人的密钥加密保存。除依法不得告知的以外，本人可以取得备注的副本。',
  documents: '文书',
  documentsHint: 'PDF、图片或纯文本，最多十份，每份不超过 10 MiB。加密保存。',
  person: '个人',
  unnamed: '未登记姓名',
  what: '保全的内容与依据',
  state: '状态',
  states: { inForce: '保全中', expired: '已到期', lifted: '已解除' },
  placedAt: '设置时间',
  placedBy: '设置人',
  lift: '解除保全',
  askLifting: '申请解除',
  liftingWaits: '解除保全待第二人确认',
  liftingReason: '解除理由',
  followsLifting: '由第二位操作员决定。确认后，保全范围内的信息可以重新被删除，且无法恢复；在此之前保全继续有效。',
  asked: '已提交，等待第二位操作员确认。保全继续有效。',
  lifted: '保全已解除。',
  liftedAt: '解除时间',
  missing: '此项必填。',
  notToBeTold: '不得告知本人',
};
export const frame = { entries: { holds: '保全' } };
export const settings = {
  permissions: { hold: { read: '查看保全', write: '设置保全、申请解除保全' } },
};
export const acts = {
  hold: { placed: '设置保全', liftingAsked: '申请解除保全', lifted: '解除保全' },
};
export const objects = { hold: '保全' };
export const changes = {
  kinds: { holdLifting: '解除依据“{{name}}”的保全' },
  follows: {
    holdLifting: '确认后，保全范围内的信息可以重新被删除，且无法恢复。拒绝则保全至到期为止。解除理由见该保全的页面。',
  },
};
export const problems = {
  hold: {
    not_found: '没有这项保全。',
    unknown_subject: '没有这个账号，未设置保全。',
    unknown_category: '没有这一信息类别，未设置保全。',
    bad_end: '保全的到期时间须在将来，且不超过十年。未设置保全。',
    bad_period: '时间段的结束须晚于开始。未设置保全。',
    over: '该保全已经结束，未作任何变更。',
  },
  request: {
    held: '该信息处于保全之中，不得删除。请予保留，或先解除保全。未作出决定。',
    no_hold: '没有保全涵盖该信息，不能以保全为由保留。未作出决定。',
  },
};
