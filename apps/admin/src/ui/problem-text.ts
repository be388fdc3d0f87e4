import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ProblemError, UnreachableError, type FieldProblem } from '../api/problem.js';

export interface ProblemText {
  readonly title: string;
  /** What the server adds beyond our own sentence, and the number to quote to whoever looks after it. */
  readonly detail: string;
  readonly correlationId: string | null;
}

/** Every code has its sentence in the catalogue; a code it does not know falls back to what the server says. */
export function problemText(error: unknown, t: TFunction): ProblemText {
  if (error instanceof UnreachableError) return { title: t('problems.unreachable'), detail: '', correlationId: null };
  if (!(error instanceof ProblemError)) return { title: t('problems.unexpected'), detail: '', correlationId: null };
  const known = t(`problems.${error.code}`, { defaultValue: '', ...error.extra, ...named(error.extra, t) });
  if (typeof known === 'string' && known !== '')
    return { title: known, detail: '', correlationId: error.status >= 500 ? error.correlationId : null };
  return {
    title: t('problems.unknownCode', { status: error.status }),
    detail: error.detail,
    correlationId: error.correlationId,
  };
}

/** A permission by what it lets somebody do. */
function named(extra: ProblemError['extra'], t: TFunction): { readonly permission?: string } {
  const code = extra?.['permission'];
  return typeof code === 'string' ? { permission: t(`settings.permissions.${code}`, { defaultValue: code }) } : {};
}

/** What is wrong with a field, in the language of the console; what the server says where we have no sentence of our own. */
export function fieldProblemText({ code, message }: FieldProblem, t: TFunction): string {
  const own = code.includes('.')
    ? t(`problems.${code}`, { defaultValue: '' })
    : t(`problems.fields.${code}`, { defaultValue: '' });
  return own || message || t('problems.fields.unknown');
}

export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation();
  return (error) => problemText(error, t);
}
