import 'server-only'
import { randomBytes } from 'node:crypto'
import { type ECSClient, ExecuteCommandCommand } from '@aws-sdk/client-ecs'
import { requestIdOf } from '@/lib/plan/commands/runner'
import type { TargetSettings } from '@/lib/target/settings'
import { connectSession, type GrantedSession } from './connect'
import { ExecError, toExecError } from './exec-error'
import { makeMarks, readOutput, toCommand } from './script'
import type { Session } from './session'

/** A container of a running task. */
export type ExecPlace = {
  readonly clusterName: string
  readonly taskArn: string
  readonly container: string
}

export type ScriptLimits = {
  /** From ExecuteCommand to the end of the script. */
  readonly deadlineMs: number
  readonly maxOutputBytes: number
}

/** What a script wrote, standard output and error as the terminal mixed them, and its exit code. */
export type ScriptOutcome = {
  readonly output: Buffer
  readonly exitCode: number
  /** ExecuteCommand and the handshake: what it took until the script ran. */
  readonly startedAfterMs: number
}

export type ExecWorld = {
  readonly ecs: ECSClient
  readonly target: Pick<TargetSettings, 'kind' | 'endpointUrl'>
  /** Milliseconds of a monotonic clock. */
  now(): number
  /** Hears AWS's id of the ExecuteCommand request. */
  noteRequest?(requestId: string): void
}

/** Asks for a session and tells AWS's id of the request, granted or refused. Throws `ExecError`. */
export async function grantSession(
  ecs: ECSClient,
  place: ExecPlace,
  command: string,
  signal: AbortSignal,
  noteRequest: (requestId: string) => void = () => {},
): Promise<GrantedSession & { readonly sessionId: string }> {
  try {
    const { session, $metadata } = await ecs.send(
      new ExecuteCommandCommand({
        cluster: place.clusterName,
        task: place.taskArn,
        container: place.container,
        command,
        // The only kind that ECS has.
        interactive: true,
      }),
      { abortSignal: signal },
    )
    if ($metadata.requestId !== undefined) noteRequest($metadata.requestId)
    const { streamUrl, tokenValue, sessionId } = session ?? {}
    if (!streamUrl || !tokenValue)
      throw new ExecError('failed', 'ExecuteCommand was answered without a session to connect to.')
    return { streamUrl, token: tokenValue, sessionId: sessionId ?? '' }
  } catch (error) {
    const requestId = requestIdOf(error)
    if (requestId !== null) noteRequest(requestId)
    signal.throwIfAborted()
    throw toExecError(error)
  }
}

const wide = { cols: 1_000, rows: 24 }

const problemOfEnd = (begun: boolean, clean: boolean, reason: string, output: Buffer | null): ExecError => {
  if (/KMS|encrypted/.test(reason)) return new ExecError('encrypted', reason)
  if (!clean) return new ExecError('cut', reason || 'The session was cut.', output)
  if (begun) return new ExecError('cut', reason || 'The session ended before the script did.', output)
  return new ExecError(
    'no-shell',
    reason.trim() || 'The session ended before the script began; the container may have no shell.',
  )
}

/**
 * Runs a POSIX shell script in a container of a running task by ECS Exec, the same for AWS and for the local cloud, and waits for
 * its end. Bounded in time and output, and the session is ended in every case. Throws `ExecError` (with what was written until then),
 * or the reason of `signal`.
 */
export async function runScript(
  place: ExecPlace,
  script: string,
  world: ExecWorld,
  limits: ScriptLimits,
  signal: AbortSignal,
  onBegun?: (startedAfterMs: number) => void,
): Promise<ScriptOutcome> {
  const startedAt = world.now()
  const secret = randomBytes(12).toString('hex')
  const marks = makeMarks(secret)
  const deadline = AbortSignal.timeout(limits.deadlineMs)
  const both = AbortSignal.any([signal, deadline])
  const late = (output: Buffer | null): ExecError =>
    new ExecError('timeout', `Nothing had come to an end within ${limits.deadlineMs / 1000} s.`, output)
  const granted = await grantSession(
    world.ecs,
    place,
    toCommand(script, secret),
    both,
    world.noteRequest,
  ).catch((error: unknown) => {
    signal.throwIfAborted()
    throw deadline.aborted ? late(null) : error
  })

  const chunks: Buffer[] = []
  let size = 0
  let startedAfterMs: number | null = null
  let tail = ''
  let session: Session | undefined
  const opened = (): Session | undefined => session
  try {
    return await new Promise<ScriptOutcome>((resolve, reject) => {
      const read = () => readOutput(Buffer.concat(chunks), marks)
      const written = (): Buffer | null => {
        const { begun, output } = read()
        return begun ? output : null
      }
      const stop = (): void => reject(signal.aborted ? signal.reason : late(written()))
      if (both.aborted) return stop()
      both.addEventListener('abort', stop, { once: true })
      session = connectSession(world.target, granted, wide, {
        output(bytes) {
          chunks.push(bytes)
          size += bytes.length
          if (size > limits.maxOutputBytes)
            return reject(
              new ExecError('too-much', `More than ${limits.maxOutputBytes} bytes came back.`, written()),
            )
          // Only what may end the script is worth looking through everything again.
          tail = (tail + bytes.toString('latin1')).slice(-200)
          if (startedAfterMs !== null && !tail.includes(secret)) return
          const { begun, output, exitCode } = read()
          if (begun && startedAfterMs === null) {
            startedAfterMs = world.now() - startedAt
            onBegun?.(startedAfterMs)
          }
          if (exitCode !== null) resolve({ output, exitCode, startedAfterMs: startedAfterMs ?? 0 })
        },
        closed({ clean, reason }) {
          const { begun, output, exitCode } = read()
          if (exitCode !== null) resolve({ output, exitCode, startedAfterMs: startedAfterMs ?? 0 })
          else reject(problemOfEnd(begun, clean, reason, begun ? output : null))
        },
      })
    })
  } finally {
    opened()?.end()
  }
}
