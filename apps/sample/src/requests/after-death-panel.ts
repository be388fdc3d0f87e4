import { element } from '../dom.js';
import { t } from '../texts.js';
import { actingForm } from './forms.js';
import type { RelativesAct, RequestBook } from './request-book.js';

const acts: readonly RelativesAct[] = ['access', 'correction', 'deletion'];

/** What near relatives may ask about the person's data after their death: how it stands, and a form to arrange it otherwise. */
export async function afterDeathPanel(book: RequestBook, onSaved: () => void): Promise<readonly Node[]> {
  const mayNot = await book.relativesMayNot();
  const boxes = acts.map((act) => {
    const box = element('input', { attributes: { id: `may-${act}`, type: 'checkbox', value: act } });
    box.checked = !mayNot.includes(act);
    return box;
  });
  const options = boxes.map((box, index) =>
    element('div', { class: 'option' }, box, element('label', { attributes: { for: box.id } }, wordsOf(acts[index]))),
  );
  const form = actingForm({
    fields: [element('fieldset', {}, element('legend', {}, t('afterDeath.may')), ...options)],
    submit: 'afterDeath.save',
    act: async () => {
      await book.arrangeAfterDeath(acts.filter((_, index) => !boxes[index]?.checked));
      onSaved();
    },
  });
  return [
    element('a', { attributes: { href: '#holdings' } }, t('holdings.title')),
    element('p', {}, t('afterDeath.hint')),
    element('p', {}, element('strong', {}, standing(mayNot))),
    form,
  ];
}

function standing(mayNot: readonly RelativesAct[]): string {
  if (mayNot.length === 0) return t('afterDeath.lawDecides');
  return t('afterDeath.mayNot', { acts: mayNot.map(wordsOf).join(t('afterDeath.comma')) });
}

function wordsOf(act: RelativesAct | undefined): string {
  return act ? t(`afterDeath.${act}`) : '';
}
