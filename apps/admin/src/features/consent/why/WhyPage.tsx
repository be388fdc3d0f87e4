import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Panel } from '../../../ui/Panel.js';
import { explanationQuery } from './why.queries.js';
import { isWhole, readQuestion, writeQuestion, type WholeQuestion, type WhyQuestion } from './why-question.js';
import { WhyAnswer } from './WhyAnswer.js';
import { WhyForm } from './WhyForm.js';

/** Why something may be done with a subject's data, or may not: the question is the address, so that it can be sent on. */
export function WhyPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const question = readQuestion(search);
  const ask = (asked: WhyQuestion) => {
    const next = writeQuestion(asked);
    if (next.toString() === writeQuestion(question).toString() && isWhole(asked))
      void client.resetQueries({ queryKey: explanationQuery(asked).queryKey });
    else setSearch(next);
  };
  return (
    <Page
      title={t('decisions.why.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('decisions.why.purpose')}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <Panel>
        <WhyForm key={search.toString()} question={question} ask={ask} />
      </Panel>
      {isWhole(question) ? <Answered question={question} /> : <EmptyState text={t('decisions.why.nothingAsked')} />}
    </Page>
  );
}

function Answered({ question }: { question: WholeQuestion }) {
  const explanation = useQuery(explanationQuery(question));
  return <Loaded query={explanation}>{(answer) => <WhyAnswer question={question} answer={answer} />}</Loaded>;
}
