import 'server-only'
import { randomBytes } from 'node:crypto'
import { currentRunner } from '@/lib/plan/current-runner'
import type { Actor } from '@/lib/plan/run/record'
import { currentTarget } from '@/lib/target/current'
import { processWide } from '@/lib/target/process-wide'
import { connectSession } from './connect'
import { type ExecPlace, grantSession } from './run-script'
import { shellCommand } from './shell-command'
import { makeShells, type Shells } from './shells'

/** The shells of this process. */
export const currentShells = (): Shells =>
  processWide('shells', () =>
    makeShells({
      after: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs)
        timer.unref()
        return () => clearTimeout(timer)
      },
      makeId: () => randomBytes(16).toString('hex'),
    }),
  )

const grantTimeoutMs = 20_000

/**
 * Opens a shell in a container and writes it down before it opens and after it has ended. Gives its id. Throws `ExecError`, and
 * `RunRefused` when nothing may be done or written down.
 */
export function openShell(
  place: ExecPlace & { readonly taskId: string },
  serviceName: string,
  by: Actor,
): Promise<string> {
  const { settings, clients } = currentTarget()
  const subject = `${serviceName} ${place.taskId.slice(0, 8)}`
  return new Promise((resolve, reject) => {
    currentRunner()
      .audited(
        {
          action: 'open-shell',
          command: 'ecs:ExecuteCommand',
          subject,
          sentence: `Open a shell in container ${place.container} of a task of ${serviceName}.`,
          by,
        },
        async (noteRequest) => {
          const granted = await grantSession(
            clients().ecs,
            place,
            shellCommand(serviceName, place.taskId),
            AbortSignal.timeout(grantTimeoutMs),
            noteRequest,
          )
          const { id, ended } = currentShells().open(by.sessionId ?? '', (events) =>
            connectSession(settings, granted, { cols: 80, rows: 24 }, events),
          )
          resolve(id)
          await ended
        },
      )
      // After it has opened nobody waits any more; what went wrong stands in the shell itself.
      .catch(reject)
  })
}
