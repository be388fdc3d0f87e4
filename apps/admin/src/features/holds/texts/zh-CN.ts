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
