import { withHiddenWrittenOut } from '@abide/kernel';

/** The answer with what nobody would see in it written out: texts older than the rule against it are read and decided by too. */
export async function legible(answer: Response): Promise<Response> {
  if (!answer.headers.get('Content-Type')?.includes('json')) return answer;
  const kept = await answer.clone().text();
  const shown = withHiddenWrittenOut(kept);
  return shown === kept ? answer : new Response(shown, answer);
}
