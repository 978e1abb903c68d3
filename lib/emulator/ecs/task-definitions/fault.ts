/** Something in a task definition that AWS answers with `ClientException`. */
export type Fault = {
  /** AWS's sentence. */
  readonly message: string
  /** The local cloud can run it all the same: honoured with a warning unless `config.strict`. */
  readonly honourable: boolean
}

/** A fault nobody can work with. */
export const refused = (message: string): Fault => ({ message, honourable: false })

/** A fault that only AWS minds. */
export const honourable = (message: string): Fault => ({ message, honourable: true })
