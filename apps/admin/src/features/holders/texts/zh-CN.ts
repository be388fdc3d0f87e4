export const overview = { parts: { holders: '外部保存方' } };
export const frame = { entries: { holders: '外部保存方' } };
export const settings = {
  permissions: { holder: { read: '查看保存个人信息的外部系统', manage: '登记、测试、暂停和移除外部系统' } },
};
export const changes = {
  kinds: {
    holderCreation: '登记保存方“{{name}}”',
    holderRemoval: '移除保存方“{{name}}”',
    holderSecretReplacement: '更换“{{name}}”的密钥',
    holderResumption: '恢复询问保存方“{{name}}”',
    holderDatabaseChange: '更换数据库“{{name}}”的清单或连接',
  },
  follows: {
    holderCreation: '确认后，处理请求时即会询问该保存方；如为系统，提议人可查看一次密钥。拒绝则不作任何变更。',
    holderResumption: '确认后，立即重新询问其尚未答复的事项。拒绝则继续暂停。',
    holderRemoval: '确认后，不再询问该保存方，且不可恢复；等待它答复的请求改为人工事项。拒绝则予以保留。',
    holderSecretReplacement: '确认后，提议人可查看一次新密钥，原密钥从那时起再有效一天。拒绝则密钥不变。',
    holderDatabaseChange: '确认后，立即按新的清单和连接查询。拒绝则保持原样。',
  },
  fields: { baseUrl: '地址', networks: '网段', categories: '信息类别' },
  holder: {
    which: '保存方',
    show: '查看',
    why: '原因',
    decided: '目前在等它答复的请求',
    undecided: '尚未决定、涉及它的请求',
  },
};
export const acts = {
  holder: {
    registered: '登记外部保存方',
    secretShown: '查看保存方密钥',
    secretReplacementAgreed: '同意更换保存方密钥',
    secretReplaced: '更换保存方密钥',
    suspended: '暂停保存方',
    resumed: '恢复询问保存方',
    removed: '移除保存方',
    databaseChanged: '更换数据库的清单或连接',
    moved: '保存方改用其他端口',
    schemaChanged: '数据库结构与清单不符',
    shadowed: '试运行清除',
  },
};
export const objects = { holder: '外部保存方' };
export const problems = {
  holder: {
    not_found: '没有这个保存方。',
    code_taken: '该代码正在使用或曾被使用，请换一个。',
    bad_address: '地址须以 https:// 开头，且不含密码、问号或 #。',
    cannot_answer: '请选择可处理请求的角色或操作员，两者择一。没有提交。',
    bad_network: '网段的写法如 10.0.0.0/8 或 fd00::/8。',
    bad_database: '连接地址的写法如 postgres://用户:密码@主机:5432/数据库，只可另带 ?sslmode=。',
    networks_needed: '请填写数据库所在的网段。',
    bad_manifest: '清单还不能使用，没有保存。',
    no_database: '该保存方不是数据库，没有任何改动。',
    signs_nothing: '只有系统以我们的密钥签名，数据库和人工处理的存放处没有密钥。没有任何改动。',
    no_answer: '数据库没有作出有效答复，没有任何改动。',
    manifest: {
      tooLong: '内容过长',
      notYaml: '不是可读的 YAML',
      gap: '仍为 unknown，尚未填写',
      unknownField: '清单没有这一项',
      wrongValue: '取值不可用',
      duplicate: '重复出现',
      unknownTable: '指向清单中没有的表',
      unknownColumn: '清单中的这张表没有这一列',
      foreignSchema: '不属于清单所列的 schema',
      circle: '查找路径形成循环',
      order: '须排在它所依赖的表之前',
      notPersonal: '不是个人信息列',
      noErasure: '没有写明清除方式，或写得多余',
      noKinds: '没有任何个人信息列',
    },
    state: '该保存方当前不能进行此操作，没有任何改动。',
    no_secret_due: '这里没有等待您查看的密钥。密钥只显示一次，且只向登记或更换的提议人显示。',
    unproven: '答复的签名不符，未被采纳。',
    not_waited_for: '没有请求在等待这一答复。',
  },
};
