import { formatPolicy, validatePolicy, type PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyProblem } from '../policies.types.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { Page } from '../../../ui/Page.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { OpenImports } from '../bring-in/OpenImports.js';
import { WayIn } from '../bring-in/WayIn.js';
import { registriesQuery } from '../registry.queries.js';
import { ImportOutcome } from './ImportOutcome.js';
import { ImportProblems } from './ImportProblems.js';

/** Takes a document that is to become a policy, or reads a policy file, lists everything wrong with it and shows what it would change before anything is saved. */
export function ImportPage() {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const registries = useQuery(registriesQuery);
  const typed = useDeferredValue(text);
  const checked = useMemo(
    () => (registries.data && typed.trim() ? validatePolicy(typed, registries.data) : null),
    [typed, registries.data],
  );
  const problems = (checked?.problems ?? []) as readonly PolicyProblem[];
  const isSound = checked !== null && !problems.some(({ severity }) => severity === 'error');

  const readFile = (file: File) => void file.text().then(setText);
  const tidy = (document: PolicyDocument) => setText(formatPolicy(document));
  return (
    <Page
      title={t('policies.import.title')}
      purpose={t('policies.import.purpose')}
      trail={<Link to="/policies">{t('frame.entries.policies')}</Link>}
    >
      {registries.isError && <ErrorState error={registries.error} retry={() => void registries.refetch()} />}
      <TwoColumns
        left={
          <Panel title={t('policies.import.file')}>
            <WayIn readPolicyFile={readFile} />
            <label htmlFor={id}>{t('policies.import.paste')}</label>
            <GrowingText
              id={id}
              className="code"
              value={text}
              spellCheck={false}
              minRows={12}
              maxRows={28}
              placeholder={t('policies.import.placeholder')}
              onChange={({ target }) => setText(target.value)}
            />
          </Panel>
        }
        right={
          <>
            <OpenImports />
            {checked === null && <Panel>{t('policies.import.nothingYet')}</Panel>}
            {problems.length > 0 && <ImportProblems problems={problems} text={typed} textId={id} />}
            {checked?.document && isSound && <ImportOutcome document={checked.document} tidy={tidy} />}
          </>
        }
      />
    </Page>
  );
}
