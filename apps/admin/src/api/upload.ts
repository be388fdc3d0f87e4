import { answerOf, api } from './client.js';

/** Uploads files one at a time, in their order; resolves to their ids, by which what comes next may cite them. */
export async function uploadAll(files: readonly File[]): Promise<string[]> {
  const attachmentIds: string[] = [];
  for (const file of files) attachmentIds.push(await upload(file));
  return attachmentIds;
}

async function upload(file: File): Promise<string> {
  const form = new FormData();
  form.append('file', file);
  const asked = api.POST('/api/v1/attachments', { body: { file: file.name }, bodySerializer: () => form });
  return (await answerOf(asked)).attachmentId;
}
