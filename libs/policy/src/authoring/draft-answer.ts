import type { Locale } from '@abide/kernel';
import { requestContext, setEtag } from '@abide/platform';
import type { CheckedDraft } from './drafts.service.js';
import { toProblem, type DraftDto } from '../revisions/revision.dto.js';

/** The answer to reading or saving a draft: its ETag, and 201 where saving began it. */
export function answerDraft({ revision, findings, isNew }: CheckedDraft, locale: Locale): DraftDto {
  const { id: revisionId, number, contentHash, state, document } = revision;
  setEtag(contentHash);
  if (isNew) void requestContext()?.reply.status(201);
  const problems = findings.map((finding) => toProblem(finding, locale));
  return { revisionId, number, contentHash, etag: `"${contentHash}"`, state, document, problems };
}
