/** Keeps sessions in memory; `expire` drops the old ones. */
export class SessionStore {
  private readonly entries = new Map<string, string>();

  save(id: string, value: string): void {
    this.entries.set(id, value);
  }

  expire(id: string): void {
    this.entries.delete(id);
  }
}
