import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ComparisonWarning } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { Panel } from '../../../ui/Panel.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useRevisionAct, type ActBody } from '../policies.queries.js';
import css from './decide.module.css';

type CommentedAct = 'submission' | 'approval' | 'rejection';

interface Props {
  readonly revision: Revision;
  /** The possible decisions; the last one is the primary one. */
  readonly acts: readonly CommentedAct[];
  /** What a submission has to answer. */
  readonly warnings?: readonly ComparisonWarning[];
}

interface Said {
  readonly comment: string;
  readonly answers?: readonly string[];
}

const none: readonly ComparisonWarning[] = [];

/** What this operator has to say, and the decision; the text decided on is named by its hash. */
export function CommentForm({ revision, acts, warnings = none }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const navigate = useNavigate();
  const localized = useLocalized();
  const showProblem = useProblem();
  const decide = useRevisionAct(revision);

  const send = async (act: CommentedAct) => {
    const said = await form.validateFields();
    decide.mutate(bodyOf(act, said, { revision, warnings }), {
      onSuccess: () => {
        void message.success(t(`policies.decide.${act}.done`));
        void navigate(`/revisions/${revision.id}/facts`);
      },
      onError: (error) => showProblem(error, form),
    });
  };

  return (
    <Panel
      {...(warnings.length > 0
        ? { title: t('policies.decide.toAnswer', { count: warnings.length }), note: t('policies.decide.toAnswerWhy') }
        : {})}
    >
      <Form form={form} layout="vertical" requiredMark={false}>
        {warnings.map(({ id, summary }, index) => (
          <Form.Item
            key={id}
            name={['answers', index]}
            label={localized(summary)}
            rules={[{ required: true, whitespace: true, message: t('policies.decide.answerMissing') }]}
          >
            <Input maxLength={500} />
          </Form.Item>
        ))}
        <Form.Item
          name="comment"
          label={t('policies.decide.comment')}
          extra={t('policies.decide.commentHint')}
          rules={[{ required: true, whitespace: true, message: t('policies.decide.commentMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <div className={css['acts']}>
          {acts.map((act, index) => (
            <Button
              key={act}
              type={index === acts.length - 1 ? 'primary' : 'default'}
              loading={decide.isPending && decide.variables.act === act}
              onClick={() => void send(act).catch(() => undefined)}
            >
              {t(`policies.decide.${act}.act`)}
            </Button>
          ))}
        </div>
      </Form>
    </Panel>
  );
}

function bodyOf(
  act: CommentedAct,
  { comment, answers = [] }: Said,
  given: { revision: Revision; warnings: readonly ComparisonWarning[] },
): ActBody {
  if (act === 'approval') return { act, comment, contentHash: given.revision.contentHash };
  if (act === 'rejection') return { act, comment };
  return { act, comment, answers: given.warnings.map(({ id }, index) => ({ id, answer: answers[index] ?? '' })) };
}
