/** The words that answers begin with. */
export const templates = {
  tab: 'Templates',
  purpose:
    'Words that answers begin with, in the language of whoever is answered. They are changed before they are sent.',
  empty: 'No templates yet. Add one for what you answer often.',
  title: 'Called',
  types: 'Offered for',
  everyType: 'Every kind of request',
  text: 'Words',
  inChinese: '{{what}} in Chinese',
  inEnglish: '{{what}} in English',
  aboutNobody: 'Write nothing in them about a person.',
  changedAt: 'Changed',
  add: 'Add a template',
  edit: 'Edit',
  save: 'Save',
  remove: 'Remove',
  removeSure: 'Remove this template? Answers that were given stay as they are.',
  saved: 'Saved.',
  removed: 'Removed.',
  missing: 'Write this in both languages',
  choose: 'Begin with a template',
};
