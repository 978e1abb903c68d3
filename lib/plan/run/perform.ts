import 'server-only'
import { JournalUnavailable } from '../journal'
import { refusalToWrite } from '../may-write'
import { readDifferences } from '../read-seen'
import type { RunContext } from './context'
import { failed } from './inputs'
import { lookUp } from './look-up'
import type { Todo } from './next'
import { lookBeforeUndo, lookUpUndo, sendUndo, waitUndo } from './perform-undo'
import { lookBefore, send } from './send'
import { waitAfter, waitBefore } from './wait'

async function check(context: RunContext): Promise<void> {
  const { target, time } = context
  const refusal = await refusalToWrite(target, time.now())
  if (refusal) {
    context.tell({ type: 'halted', atMs: time.now(), error: refusal })
    return
  }
  try {
    const differences = await readDifferences(target.clients(), context.record().run.plan.seen)
    context.tell({ type: 'checked', atMs: time.now(), differences })
  } catch (error) {
    const { error: told } = failed(context, error, 'the check of what was seen')
    context.tell({ type: 'halted', atMs: time.now(), error: told })
  }
}

async function performTodo(context: RunContext, todo: Exclude<Todo, { kind: 'rest' }>): Promise<void> {
  switch (todo.kind) {
    case 'check':
      return check(context)
    case 'wait before':
      return waitBefore(context, todo)
    case 'look before':
      return lookBefore(context, todo)
    case 'send':
      return send(context, todo)
    case 'look up':
      return lookUp(context, todo)
    case 'wait after':
      return waitAfter(context, todo)
    case 'undo look before':
      return lookBeforeUndo(context, todo, todo.call)
    case 'undo send':
      return sendUndo(context, todo, todo.call)
    case 'undo look up':
      return lookUpUndo(context, todo, todo.call)
    case 'undo wait':
      return waitUndo(context, todo, todo.call)
  }
}

/** Does the one thing that is to be done next, and tells what came of it. Throws `JournalUnavailable` alone. */
export async function perform(context: RunContext, todo: Exclude<Todo, { kind: 'rest' }>): Promise<void> {
  try {
    await performTodo(context, todo)
  } catch (error) {
    // Nothing was sent: what is sent catches its own errors.
    if (error instanceof JournalUnavailable || todo.kind === 'check') throw error
    const stepId = todo.step.id
    const failure = failed(context, error, todo.step.command)
    const atMs = context.time.now()
    context.tell(
      context.record().run.state === 'undoing'
        ? { type: 'undo failed', stepId, atMs, error: failure.error }
        : { type: 'refused', stepId, atMs, error: failure.error, requestId: failure.requestId },
    )
  }
}
