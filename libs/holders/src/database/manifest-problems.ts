export const manifestProblemCodes = [
  'tooLong',
  'notYaml',
  'gap',
  'unknownField',
  'wrongValue',
  'duplicate',
  'unknownTable',
  'unknownColumn',
  'foreignSchema',
  'circle',
  'order',
  'notPersonal',
  'noErasure',
  'noKinds',
] as const;
export type ManifestProblemCode = (typeof manifestProblemCodes)[number];

/** What is wrong with a manifest, and where: tables by their name. */
export interface ManifestProblem {
  readonly path: string;
  readonly code: ManifestProblemCode;
}
