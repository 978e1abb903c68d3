/**
 * What a call tells while it happens: one JSON object per line (NDJSON), in the order in which it happened.
 * Plain JSON, usable in the browser. Times called `…AtMs` are epoch milliseconds, all others are durations.
 */
export type TripEvent = RunStarted | Step | AttemptFinished | BodySample | RunFinished

/**
 * How the caller finds an address: Cloud Map's API, DNS, or (without a name) the addresses ECS gave the tasks. From inside a task also
 * by a Service Connect alias, which its own proxy answers to.
 */
export type Via = 'discover' | 'dns' | 'tasks' | 'alias'

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
export type Method = (typeof methods)[number]

/** Methods that by HTTP's own definition change nothing: all that a viewer may send. */
export const safeMethods: readonly Method[] = ['GET', 'HEAD']

/** What `POST /api/call` is asked. */
export type CallRequest = {
  /** Node id of the topology. */
  readonly serviceId: string
  readonly method: Method
  /** Starts with `/`; may hold a query. */
  readonly path: string
  /** 1 to 500 calls. */
  readonly count: number
  /** 1 to 20 at once. */
  readonly concurrency: number
  readonly via: Via
  /** One of the service's own ports; absent: what discovery says, else its first port. */
  readonly port?: number | undefined
  /** Node id of the service from whose task the call is made, asked of `POST /api/call/from-task`; absent: from this console. */
  readonly from?: string | undefined
}

/** The task that makes a call. */
export type Caller = {
  readonly serviceId: string
  readonly serviceName: string
  readonly clusterName: string
  readonly taskId: string
  readonly container: string
}

export type RunStarted = {
  readonly type: 'run-started'
  /** Sent to the service as `x-switchboard-call: <runId>.<attempt>`, so that its own log can be matched. */
  readonly runId: string
  readonly atMs: number
  readonly serviceId: string
  readonly serviceName: string
  /** The name that is called, also the `Host` header; the address when the service has no name. */
  readonly host: string
  readonly via: Via
  readonly method: Method
  readonly path: string
  readonly count: number
  readonly concurrency: number
  /** null: this console. */
  readonly caller: Caller | null
}

export type StepName =
  | 'enter'
  | 'resolve-by-alias'
  | 'resolve-by-discover'
  | 'resolve-by-dns'
  | 'pick'
  | 'connect'
  | 'request'
  | 'answer'

/** One step of the first call of a run, told for a person. */
export type Step = {
  readonly type: 'step'
  readonly name: StepName
  /** `warn`: it went on, with something worth reading. `skipped`: this service has no such way. */
  readonly outcome: 'ok' | 'warn' | 'failed' | 'skipped'
  /** Since the run started. */
  readonly startMs: number
  readonly durationMs: number
  /** The result in a few words, for example `2 addresses` or `127.10.0.12:8080`. */
  readonly fact: string
  /** A second, quieter line; null when there is nothing to add. */
  readonly note: string | null
  /** One sentence that teaches what this step is. */
  readonly lesson: string
  /** What a resolve or pick step had to choose from; null for the other steps. */
  readonly candidates: readonly Candidate[] | null
}

/** One address that could be called. */
export type Candidate = {
  readonly address: string
  readonly port: number | null
  /** Cloud Map's word; null when DNS or ECS named the address. */
  readonly health: string | null
  /** Node id of the instance with that address; null when the map has none. */
  readonly instanceId: string | null
  /** Set when the console refuses to connect there: why. */
  readonly refusal: string | null
}

export const errorKinds = [
  'resolve',
  'no-instances',
  'no-port',
  'denied',
  'refused',
  'unreachable',
  'connect-timeout',
  'first-byte-timeout',
  'deadline',
  'reset',
  'headers-too-large',
  'body-too-large',
  'bad-encoding',
  'bad-response',
  'no-exec',
  'no-program',
  'http-4xx',
  'http-5xx',
  'failed',
] as const

/** Why an attempt counts as failed. `http-4xx`, `http-5xx` and `body-too-large` come with a status: somebody answered. */
export type ErrorKind = (typeof errorKinds)[number]

export type AttemptFinished = {
  readonly type: 'attempt'
  /** 0-based. */
  readonly index: number
  readonly atMs: number
  /** Node id of the instance whose address was called; null when none has it or nothing was called. */
  readonly instanceId: string | null
  readonly taskId: string | null
  readonly address: string | null
  readonly port: number | null
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /** From the start of the connection to the last byte read. */
  readonly latencyMs: number
  readonly errorKind: ErrorKind | null
  /** What happened, in one sentence; null when all is well. */
  readonly errorMessage: string | null
  /** Does the answer's own hostname name the same instance? null: it names none that is known. */
  readonly confirmedByHostname: boolean | null
  /** The hostname the answer gave, as given; null when it gave none. */
  readonly hostname: string | null
}

/** The answer of a single call. Text only; nothing of it is ever rendered as HTML. */
export type BodySample = {
  readonly type: 'body'
  readonly index: number
  readonly contentType: string | null
  /** The compression that was undone, for example `gzip`; null when there was none. */
  readonly encoding: string | null
  /** Bytes read, after decompression. */
  readonly bytes: number
  readonly text: string
  /** The text is shorter than what was read, or reading stopped at the limit. */
  readonly truncated: boolean
  /** Set when the answer is a redirect: where it points. It is never followed. */
  readonly location: string | null
  /** Why the console would refuse to go there even if it followed; null when it would not, or there is no redirect. */
  readonly locationRefusal: string | null
}

export type RunFinished = {
  readonly type: 'run-finished'
  readonly atMs: number
  readonly durationMs: number
  readonly counts: RunCounts
}

/** `asked = ok + failed + notMade`; `answered` counts attempts with a status. */
export type RunCounts = {
  readonly asked: number
  readonly ok: number
  readonly failed: number
  readonly answered: number
  /** Attempts not made because the run could not go on (nothing to call). */
  readonly notMade: number
  readonly byInstance: Readonly<Record<string, number>>
  readonly byErrorKind: Readonly<Partial<Record<ErrorKind, number>>>
}
