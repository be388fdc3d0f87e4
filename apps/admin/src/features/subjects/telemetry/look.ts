/** Why somebody looks, for as long as the page stays open; `number` tells one look from the next without naming its reason. */
export interface Look {
  readonly reason: string;
  readonly number: number;
}
