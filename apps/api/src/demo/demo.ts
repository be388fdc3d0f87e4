/** How to sign in to the demo; the same password for everybody in it. */
export interface Demo {
  readonly state: 'loading' | 'loaded';
  readonly password: string;
  readonly operators: readonly { role: string; email: string }[];
  readonly people: readonly { name: string; identifier: string }[];
}
