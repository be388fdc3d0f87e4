import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { Panel } from '../../../ui/Panel.js';
import css from './import.module.css';

interface Props {
  readonly problems: readonly PolicyProblem[];
  readonly text: string;
  readonly textId: string;
}

/** Every problem of the file with its place; choosing one selects its line in the text. */
export function ImportProblems({ problems, text, textId }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const title = [
    errors > 0 && t('policies.editor.errors', { count: errors }),
    warnings > 0 && t('policies.editor.warnings', { count: warnings }),
  ]
    .filter(Boolean)
    .join(t('ui.listSeparator'));
  return (
    <Panel title={title} note={t(errors > 0 ? 'policies.import.nothingSaved' : 'policies.import.warningsPass')}>
      <div className={css['scroll']}>
        <table className={css['problems']}>
          <thead>
            <tr>
              <th scope="col">{t('policies.import.line')}</th>
              <th scope="col">{t('policies.import.what')}</th>
              <th scope="col">{t('policies.import.path')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              <tr key={index} data-severity={problem.severity}>
                <td>
                  {problem.line !== undefined && (
                    <button type="button" onClick={() => selectLine(textId, text, problem.line ?? 1)}>
                      {problem.line}
                    </button>
                  )}
                </td>
                <td>
                  <span className={css['severity']}>{t(`policies.editor.severity.${problem.severity}`)}</span>{' '}
                  {localized(problem.message)}
                </td>
                <td className="code">{problem.path}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function selectLine(textId: string, text: string, line: number): void {
  const area = document.getElementById(textId);
  if (!(area instanceof HTMLTextAreaElement)) return;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
