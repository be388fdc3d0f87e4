import { endingsOf, type AttachmentType } from './file-type.rules.js';

const longest = 100;
const unnamed = 'attachment';

/** What nobody sees, what turns the order of others, and half characters. */
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
/** What a file system takes for something else than part of a name. */
const reserved = /[<>:"|?*]/g;

/** The name under which a file is kept: without a path, legible, of a length that people read, and with an ending of what the file is. */
export function keptName(given: string, type: AttachmentType): string {
  const [last = ''] = given.normalize('NFC').split(/[/\\]/).slice(-1);
  const legible = last
    .replace(unseen, '')
    .replace(reserved, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const [, stem = legible, ending = ''] = /^(.+)\.([^.]+)$/.exec(legible) ?? [];
  const fits = (endingsOf[type] as readonly string[]).includes(ending.toLowerCase());
  const name = [...(fits ? stem : legible)].slice(0, longest).join('').trim() || unnamed;
  return `${name}.${fits ? ending : endingsOf[type][0]}`;
}
