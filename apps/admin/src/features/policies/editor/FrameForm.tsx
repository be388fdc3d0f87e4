import { appKinds, audiences, labelOf } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types.js';
import type { PolicyProblem } from '../policies.types.js';
import { currentLanguage, languages } from '../../../i18n/language.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { ManySelect } from '../../../ui/ManySelect.js';
import { registriesQuery } from '../registry.queries.js';
import { catalogueOptions } from './catalogue-options.js';
import { FieldProblems } from './FieldProblems.js';
import { GlossaryForm } from './GlossaryForm.js';
import { problemsUnder } from './problem-places.js';
import type { DraftEditor } from './use-draft-editor.js';
import css from './editor.module.css';

interface Props {
  readonly editor: DraftEditor;
  readonly problems: readonly PolicyProblem[];
  readonly isEditable: boolean;
}

/** What belongs to no clause: title, contact, services and the words explained in place. */
export function FrameForm({ editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const { document } = editor;
  const contact = document.contact ?? { 'zh-CN': '', en: '' };
  const setContact = (locale: Locale, text: string) => {
    const next = { ...contact, [locale]: text };
    editor.edit({ kind: 'frame', change: { contact: next['zh-CN'] || next.en ? next : undefined } });
  };
  return (
    <section className={css['frame']} aria-label={t('policies.editor.frame')}>
      <div className={css['locales']}>
        {languages.map((locale) => (
          <div key={locale} className={css['locale']} lang={locale}>
            <p className={css['localeName']}>{t(`policies.locales.${locale}`)}</p>
            <TextField
              label={t('policies.editor.title')}
              value={document.title[locale]}
              isEditable={isEditable}
              problems={problemsUnder(problems, ['title', locale])}
              change={(text) =>
                editor.edit({ kind: 'frame', change: { title: { ...document.title, [locale]: text } } })
              }
            />
            <TextField
              label={t('policies.editor.contact')}
              value={contact[locale]}
              rows={3}
              isEditable={isEditable}
              problems={problemsUnder(problems, ['contact'])}
              change={(text) => setContact(locale, text)}
            />
          </div>
        ))}
      </div>
      <AudienceField editor={editor} problems={problemsUnder(problems, ['audience'])} isEditable={isEditable} />
      <AppKindField editor={editor} problems={problemsUnder(problems, ['appKind'])} isEditable={isEditable} />
      <ServicesField editor={editor} problems={problemsUnder(problems, ['services'])} isEditable={isEditable} />
      <GlossaryForm editor={editor} problems={problems} isEditable={isEditable} />
    </section>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  readonly isEditable: boolean;
  readonly problems: readonly PolicyProblem[];
  readonly change: (text: string) => void;
}

export function TextField({ label, value, rows = 1, isEditable, problems, change }: TextFieldProps) {
  const id = useId();
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <GrowingText
        id={id}
        value={value}
        minRows={rows}
        maxRows={8}
        readOnly={!isEditable}
        variant={isEditable ? 'outlined' : 'filled'}
        onChange={({ target }) => change(target.value)}
      />
      <FieldProblems problems={problems} />
    </div>
  );
}

/** For whom a guide is, and what it is not. */
function AudienceField({ editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (editor.document.kind !== 'guide') return null;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{t('policies.editor.audience')}</label>
      <Select
        id={id}
        value={editor.document.audience}
        disabled={!isEditable}
        style={{ width: 260 }}
        options={audiences.map((code) => ({ value: code, label: labelOf('audience', code, currentLanguage()) }))}
        onChange={(audience) => editor.edit({ kind: 'frame', change: { audience } })}
      />
      <p className="secondary">{t('policies.editor.audienceHint')}</p>
      <FieldProblems problems={problems} />
    </div>
  );
}

function AppKindField({ editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (editor.document.kind === 'agreement' || editor.document.kind === 'guide') return null;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{t('policies.editor.appKind')}</label>
      <Select
        id={id}
        value={editor.document.appKind}
        allowClear
        disabled={!isEditable}
        placeholder={t('policies.editor.anyApp')}
        style={{ width: 260 }}
        options={appKinds.map((code) => ({ value: code, label: labelOf('appKind', code, currentLanguage()) }))}
        onChange={(appKind) => editor.edit({ kind: 'frame', change: { appKind } })}
      />
      <p className="secondary">{t('policies.editor.appKindHint')}</p>
      <FieldProblems problems={problems} />
    </div>
  );
}

function ServicesField({ editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const registries = useQuery(registriesQuery).data;
  if (editor.document.kind !== 'general') return null;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{t('policies.fields.services')}</label>
      <ManySelect
        id={id}
        disabled={!isEditable}
        value={[...editor.document.services]}
        options={
          registries ? catalogueOptions(registries, 'services', { language: currentLanguage(), everything: '' }) : []
        }
        onChange={(services) => editor.edit({ kind: 'frame', change: { services } })}
      />
      <FieldProblems problems={problems} />
    </div>
  );
}
