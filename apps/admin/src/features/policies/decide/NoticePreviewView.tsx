import { choiceWords } from '@abide/rulebook';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NoticePreview } from '../policies.types.js';
import { currentLanguage, languages } from '../../../i18n/language.js';
import css from './decide.module.css';

/** What people will be told, in each language, and by which channels. */
export function NoticePreviewView({ notice }: { notice: NoticePreview }) {
  const { t } = useTranslation();
  const nameOf = (channel: string) => t(`policies.channels.${channel}`, { defaultValue: channel });
  return (
    <>
      <div>
        {notice.channels.map((channel) => (
          <Tag key={channel}>{nameOf(channel)}</Tag>
        ))}
        {notice.anyOf.map((choice, index) => (
          <Tag key={index}>{choiceWords(choice.map(nameOf), currentLanguage())}</Tag>
        ))}
      </div>
      <div className={css['languages']}>
        {languages.map((language) => (
          <article key={language} className={css['notice']} lang={language}>
            <p className={css['language']}>{t(`policies.locales.${language}`)}</p>
            <h3>{notice.title[language] ?? t('policies.editor.missingLocale')}</h3>
            <p className={css['body']}>{notice.body[language] ?? ''}</p>
          </article>
        ))}
      </div>
    </>
  );
}
