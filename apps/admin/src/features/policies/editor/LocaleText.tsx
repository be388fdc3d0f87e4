import { Input, Tag } from 'antd';
import { useDeferredValue, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types.js';
import type { PolicyProblem } from '../policies.types.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { Markdown } from '../../../ui/Markdown.js';
import { FieldProblems } from './FieldProblems.js';
import type { TextView } from './text-view.js';
import css from './editor.module.css';

interface Props {
  readonly locale: Locale;
  readonly heading: string;
  readonly body: string;
  readonly view: TextView;
  readonly problems: readonly PolicyProblem[];
  readonly change: (part: 'heading' | 'body', text: string) => void;
}

/** Heading and body in one language, with what is missing marked. */
export function LocaleText({ locale, heading, body, view, problems, change }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const isMissing = heading.trim() === '' || body.trim() === '';
  return (
    <div className={css['locale']} lang={locale}>
      <p className={css['localeName']}>
        {t(`policies.locales.${locale}`)} {isMissing && <Tag color="error">{t('policies.editor.missingLocale')}</Tag>}
      </p>
      {view === 'read' ? (
        <h2 className={css['readHeading']}>{heading}</h2>
      ) : (
        <>
          <label className="visually-hidden" htmlFor={`${id}-heading`}>
            {t('policies.editor.heading', { language: t(`policies.locales.${locale}`) })}
          </label>
          <Input
            id={`${id}-heading`}
            value={heading}
            maxLength={200}
            placeholder={t('policies.editor.headingPlaceholder')}
            onChange={({ target }) => change('heading', target.value)}
          />
          <FieldProblems problems={problems.filter(({ path }) => path.includes('.heading.'))} />
          <label className="visually-hidden" htmlFor={`${id}-body`}>
            {t('policies.editor.body', { language: t(`policies.locales.${locale}`) })}
          </label>
          <GrowingText
            id={`${id}-body`}
            value={body}
            minRows={6}
            maxRows={24}
            placeholder={t('policies.editor.bodyPlaceholder')}
            onChange={({ target }) => change('body', target.value)}
          />
        </>
      )}
      <FieldProblems problems={problems.filter(({ path }) => path.includes('.body.'))} />
      {view !== 'write' && <Preview body={body} locale={locale} />}
    </div>
  );
}

function Preview({ body, locale }: { body: string; locale: Locale }) {
  const shown = useDeferredValue(body);
  return (
    <div className={css['preview']}>
      <Markdown text={shown} lang={locale} />
    </div>
  );
}
