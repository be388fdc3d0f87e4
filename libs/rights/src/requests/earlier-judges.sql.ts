/**
 * SQL: the operators who decided a request, or agreed to a decision, before its last appeal; none where nobody appealed. `subject` and
 * `request` are SQL for its ids.
 */
export function earlierJudges(subject: string, request: string): string {
  return `SELECT judged.by_id FROM rights.request_events AS judged
    WHERE judged.subject_id = ${subject} AND judged.request_id = ${request} AND judged.act IN ('decided', 'confirmed')
      AND judged.by_kind = 'operator' AND judged.at <= (SELECT max(appeal.at) FROM rights.request_events AS appeal
        WHERE appeal.subject_id = ${subject} AND appeal.request_id = ${request} AND appeal.act = 'appealed')`;
}
