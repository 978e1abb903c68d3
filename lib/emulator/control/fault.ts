/** What goes wrong. Every kind says when: before the operation, instead of it, or after it was carried out. */
export type FaultKind =
  /** The connection is cut and nothing was done. An SDK sees ECONNRESET and sends the same request again. */
  | { readonly kind: 'refuse-before' }
  /** Carried out and kept, then the connection is cut before the answer: the outcome is unknown to the caller. */
  | { readonly kind: 'drop-answer' }
  /** `ThrottlingException` "Rate exceeded" (EC2: `RequestLimitExceeded`); nothing was done. */
  | { readonly kind: 'throttle' }
  /** `AccessDeniedException` (EC2: `UnauthorizedOperation`, STS: `AccessDenied`) in AWS's words; nothing was done. */
  | { readonly kind: 'deny' }
  /** Any other error; nothing was done. `status` is 400 unless told. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly status: number }
  /** The asynchronous Cloud Map operation is accepted and ends in FAIL with this ErrorCode; nothing changes. */
  | { readonly kind: 'fail-operation'; readonly errorCode: string; readonly errorMessage: string }
  /** The asynchronous Cloud Map operation is accepted and stays PENDING until this fault is cleared. */
  | { readonly kind: 'hold-operation' }
  /** Waits, then goes on as if nothing had been. */
  | { readonly kind: 'delay'; readonly ms: number }

/**
 * One fault of the switchboard, as `POST /_local/faults` takes it (`application/json`) and `GET /_local/faults` lists it.
 * Only a local cloud started with `--faults` (`faults: true`) has these routes.
 *
 * ```
 * POST   /_local/faults      {"operation": "ecs:CreateService", "kind": "drop-answer"}
 *                            {"operation": "servicediscovery:*", "kind": "throttle", "times": 5, "skip": 2}
 *                            {"operation": "ecs:ListTasks", "kind": "deny", "times": null}
 *                            {"operation": "ecs:CreateService", "kind": "error", "code": "ServerException", "message": "…", "status": 500}
 *                            {"operation": "servicediscovery:CreatePrivateDnsNamespace", "kind": "fail-operation",
 *                             "errorCode": "CANNOT_CREATE_HOSTED_ZONE", "errorMessage": "…"}
 *                            {"operation": "*", "kind": "delay", "ms": 250, "times": null}
 *                            → 201 with the fault, its `id`, and how many calls it has `seen` and `hit`
 * GET    /_local/faults      {"faults": [ … ]}
 * DELETE /_local/faults      clears all; held operations go on
 * DELETE /_local/faults/ID   clears one
 * ```
 *
 * Of several faults that are due, the one told first hits; all of them count the call. The SDK tries a call three times
 * unless told otherwise, so a caller only sees `refuse-before`, `drop-answer` and `throttle` when `times` outlasts its
 * attempts. `POST /_local/reset` clears the faults too.
 */
export type Fault = {
  readonly id: string
  /** IAM's name of the operation, `ecs:CreateService`; `ecs:*` for a service, `*` for every call. */
  readonly operation: string
  /** How many calls it hits; null: until it is cleared. Default 1. */
  readonly times: number | null
  /** How many matching calls go by unharmed first. Default 0. */
  readonly skip: number
} & FaultKind

/** A fault with what it has met so far. */
export type FaultCount = {
  readonly fault: Fault
  /** Matching calls, hit or not. */
  readonly seen: number
  readonly hit: number
}
