/** What of one request's body has to be sent again in another try. */
export class Replay {
  readonly #mostBytes: number
  #pieces: Buffer[] = []
  #bytes = 0
  #isWhole = true

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** Everything that came so far is still here; once it is not, there is no other try. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** `isSent`: it goes to somebody at once. What waits for its first try must not be lost, however much it is. */
  keep(bytes: Buffer, isSent: boolean): void {
    if (!this.#isWhole) return
    this.#bytes += bytes.length
    if (this.#bytes > this.#mostBytes && isSent) this.forget()
    else this.#pieces.push(bytes)
  }

  /** From here on there is no other try. */
  forget(): void {
    this.#isWhole = false
    this.#pieces = []
  }

  read(): Buffer | undefined {
    return this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : this.#pieces[0]
  }
}
