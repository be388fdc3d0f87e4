/** Files that are taken apart into clauses; what a file is, the server tells by its content. */
export const documentTypes = ['.docx', '.docm', '.html', '.htm', '.md', '.markdown', '.txt'];

/** Files in the policy-as-code format, which are read here. */
export const policyFileTypes = ['.yaml', '.yml', '.json'];

export function isPolicyFile(name: string): boolean {
  return policyFileTypes.some((type) => name.toLowerCase().endsWith(type));
}
