/**
 * The words that stand for something: Chinese ones separated by spaces, English ones by commas. `{a|b}` is either (`{a|}`
 * may be missing), `…` anything short within the sentence.
 */
export interface Words {
  readonly zh?: string;
  readonly en?: string;
  /** Words as they are, of either language. */
  readonly literal?: readonly string[];
}

/** What words can stand for, by the codes of the rulebook where it has some. */
export type WordKind =
  | 'category'
  | 'purpose'
  | 'source'
  | 'recipient'
  | 'basis'
  | 'withheld'
  | 'act'
  | 'right'
  | 'verification'
  | 'event'
  | 'outcome'
  | 'measure'
  | 'minor'
  | 'channel'
  | 'acceptance'
  | 'scope'
  | 'form'
  | 'storage'
  | 'generic'
  | 'negation'
  | 'exception'
  | 'section'
  | 'nothing';

/** Words of one kind, by what they stand for. */
export type WordsByCode = Readonly<Record<string, Words>>;
export type Lexicon = Readonly<Partial<Record<WordKind, WordsByCode>>>;
