/** Remembers the answers to a number of questions, the oldest forgotten first. Keys must hold everything the answer depends on. */
export class BoundedMemory<Answer> {
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly most: number) {}

  async recall(key: string, answer: () => Promise<Answer>): Promise<Answer> {
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const found = await answer();
    const oldest = this.answers.size >= this.most ? this.answers.keys().next().value : undefined;
    if (oldest !== undefined) this.answers.delete(oldest);
    this.answers.set(key, found);
    return found;
  }
}
