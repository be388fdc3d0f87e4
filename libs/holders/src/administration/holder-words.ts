import type { Localized } from '@abide/kernel';
import { keptManifest, kindsOf } from '../database/manifest.js';
import type { MappedTable } from '../database/manifest.schema.js';
import type { Expecting } from '../registry/expecting-requests.js';
import type { AnsweredBy, HolderTerms } from '../registry/outside-holder.entity.js';

/** What whoever confirms it reads: where personal data would go, and of a database what is read and changed there; `answerers`: the names of operators who answer. */
export function wordsOf(
  terms: Pick<HolderTerms, 'baseUrl' | 'networks' | 'manifest' | 'answeredBy'>,
  answerers: readonly string[],
): Localized[] {
  if (terms.answeredBy) return [peopleWords(terms.answeredBy, answerers)];
  return terms.manifest === null ? [opensWords(terms)] : databaseWords(terms);
}

function peopleWords({ role }: AnsweredBy, names: readonly string[]): Localized {
  const who =
    role === null
      ? { 'zh-CN': names.join('、'), en: names.join(', ') }
      : role === 'supportAgent'
        ? { 'zh-CN': '客服', en: 'support agents' }
        : { 'zh-CN': '隐私官', en: 'privacy officers' };
  return {
    'zh-CN': `涉及所列信息类别的请求，将作为人工事项由 ${who['zh-CN']} 处理；处理完之前，请求不会办结。`,
    en: `Requests about these kinds of data become a task for ${who.en}, and are not closed before it is done.`,
  };
}

function opensWords({ baseUrl, networks }: Pick<HolderTerms, 'baseUrl' | 'networks'>): Localized {
  const where = networks.length > 0 ? networks.join(', ') : null;
  return {
    'zh-CN': `请求所涉及的人，其识别信息将发送到 ${baseUrl}${where ? `（位于 ${where}）` : ''}，并由其中的系统作答。`,
    en: `The identifiers of people whom a request is about go to ${baseUrl}${where ? ` (within ${where})` : ''}, and the system there answers.`,
  };
}

/** What becomes of requests where a holder is removed. */
export function removalWords({ decided, undecided }: Expecting): Localized[] {
  const later = {
    'zh-CN': '今后的请求不再询问它：它保存的个人信息，不会再由我们查找、更正或删除。',
    en: 'Later requests do not ask it: what it keeps about people is found, corrected and erased by us no more.',
  };
  const open = decided + undecided;
  if (open === 0) return [later];
  const count = open === 1 ? '1 open request still expects' : `${open} open requests still expect`;
  return [
    {
      'zh-CN': `${open} 项未办结的请求还需要它答复，每一项都会改为人工事项，处理完之前不会办结。`,
      en: `${count} an answer from it: in each, a person has a task instead, and it is not closed before that is done.`,
    },
    later,
  ];
}

/** What follows where the secret of a service is replaced. */
export function secretWords(baseUrl: string): Localized[] {
  return [
    {
      'zh-CN': `与 ${baseUrl} 往来的消息改用新密钥签名。新密钥在提议人查看时生成，只显示一次；原密钥此后再有效一天。`,
      en: `Messages to and from ${baseUrl} are signed with a new secret. It is made when whoever proposed this has it shown, once; the former one counts for another day.`,
    },
  ];
}

/** What would be read and changed in a database, table by table. */
export function databaseWords({
  baseUrl,
  networks,
  manifest,
}: Pick<HolderTerms, 'baseUrl' | 'networks' | 'manifest'>): Localized[] {
  const where = networks.join(', ');
  const head = {
    'zh-CN': `按所登记的账户连接 ${baseUrl}（位于 ${where}），查找请求所涉及的人的数据。`,
    en: `The database ${baseUrl} (within ${where}) is connected to, and searched for people whom a request is about.`,
  };
  return [head, ...keptManifest(manifest ?? '').tables.map(tableWords)];
}

function tableWords(mapped: MappedTable): Localized {
  const read = [...kindsOf(mapped).values()].flat();
  if (read.length === 0)
    return {
      'zh-CN': `${mapped.table}：只用于查找，不读取内容。`,
      en: `${mapped.table}: only searched by, nothing of it is shown.`,
    };
  const { correctable, restrict } = mapped;
  const [zh, en] = erasureWords(mapped);
  return {
    'zh-CN': `${mapped.table}：读取 ${read.join('、')}${correctable.length > 0 ? `；可更正 ${correctable.join('、')}` : ''}${restrict ? `；限制处理时改写 ${restrict.column}` : ''}；清除时${zh}。`,
    en: `${mapped.table}: reads ${read.join(', ')}${correctable.length > 0 ? `; may correct ${correctable.join(', ')}` : ''}${restrict ? `; restricts by ${restrict.column}` : ''}; erasing ${en}.`,
  };
}

function erasureWords({ erase }: MappedTable): readonly [string, string] {
  if (erase === 'delete') return ['删除整行', 'deletes the row'];
  if (erase === 'leave' || erase === 'blank' || 'blank' in erase) return ['清空这些列', 'blanks these columns'];
  return [`保留（${erase.keep.article}）`, `keeps it (${erase.keep.article})`];
}
