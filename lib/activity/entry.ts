/** What is written down before a call of AWS that changes something. */
export type ActivityIntent = {
  readonly atMs: number
  readonly runId: string
  readonly stepId: string
  /** null: nobody in particular. */
  readonly sessionId: string | null
  readonly role: string
  /** Where the request came from; null: not known. */
  readonly address: string | null
  /** What was wanted: a kind of change, or `imported-plan`; `undo of …` when it is taken back. */
  readonly action: string
  /** The IAM action. */
  readonly command: string
  readonly accountId: string | null
  readonly region: string
  /** null: AWS's own endpoints. */
  readonly endpointUrl: string | null
  /** What it is done to, without ARN or id where there is a name. */
  readonly subject: string
  /** The step's sentence for a person. */
  readonly sentence: string
}

export type ActivityResult = 'done' | 'failed' | 'unknown'

/** What came of it. An unknown outcome may be followed by another one when it was looked up. */
export type ActivityOutcome = {
  readonly atMs: number
  readonly result: ActivityResult
  readonly requestId: string | null
  readonly durationMs: number | null
  /** AWS's error code. */
  readonly errorCode: string | null
}

/** One change as people read it: the intent with its newest outcome. */
export type ActivityEntry = ActivityIntent & {
  /** Its number in the audit. */
  readonly seq: number
  /** `intended`: nothing is known about its outcome (yet). */
  readonly result: ActivityResult | 'intended'
  readonly requestId: string | null
  readonly durationMs: number | null
  readonly errorCode: string | null
}

/** What to show; all that is given must hold. */
export type ActivityFilter = {
  /** Part of a subject, command, action, sentence, session, request id or error code, in any case. */
  readonly text: string | null
  readonly result: ActivityEntry['result'] | null
  readonly fromMs: number | null
  readonly toMs: number | null
  readonly runId: string | null
  /** Entries older than this one, for the next page. */
  readonly beforeSeq: number | null
  readonly limit: number
}

/** Newest first. */
export type ActivityPage = {
  readonly entries: readonly ActivityEntry[]
  /** `beforeSeq` of the next page; null: there is none. */
  readonly nextBeforeSeq: number | null
}
