import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { findDraft } from '../policies.queries.js';
import { policyTestsQuery } from '../tests/policy-tests.queries.js';
import { importQuery, saveAsDraft, showImport, type PolicyImport } from './imports.queries.js';
import type { wantedDraft } from './intended.js';
import type { Decisions } from './use-decisions.js';

/** The draft and the tests that a policy has already. */
export function useWhatIsThere(slug: string | undefined) {
  const draft = useQuery({
    queryKey: ['policies', slug, 'draft'],
    queryFn: () => findDraft(slug ?? ''),
    enabled: slug !== undefined,
  });
  const tests = useQuery({ ...policyTestsQuery(slug ?? ''), enabled: slug !== undefined });
  return {
    draft: draft.data ?? null,
    tests: tests.data ?? null,
    isPending: slug !== undefined && (draft.isPending || tests.isPending),
  };
}

/** Saves it once what was decided is saved, and goes to the draft. */
export function useDraft(imported: PolicyImport, decisions: Decisions) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: ReturnType<typeof wantedDraft>) => {
      await decisions.save();
      return saveAsDraft(client.getQueryData(importQuery(imported.id).queryKey) ?? imported, wanted);
    },
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: ['policies'] });
      void message.success(t('bringIn.draft.saved'));
      void navigate(`/revisions/${answer.draftedRevisionId ?? ''}`);
      showImport(client, answer);
    },
  });
}
