/** Keeps sessions in memory. */
export class Store {
  private readonly entries = new Map<string, string>();

  save(id: string, value: string): void {
    this.entries.set(id, value);
  }
}
