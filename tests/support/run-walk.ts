import type { PlanStep } from '@/lib/plan/plan'
import type { Answer, RunEvent } from '@/lib/plan/run/event'
import { type At, next, type Todo } from '@/lib/plan/run/next'
import { newRecord, type RunRecord } from '@/lib/plan/run/record'
import { reduce } from '@/lib/plan/run/reduce'
import { canRetry, canUndo } from '@/lib/plan/run-state'
import { planOf } from './plans'
import { localTarget } from './topology-fixtures'

/** What a cloud made of numbers holds of one step. */
export type Thing = {
  /** Of somebody else, from before the run. */
  readonly theirs: boolean
  /** How often a call of the run has made it, less what the cloud took back by itself. */
  made: number
  /** A call without an answer that arrives when a person comes back. */
  late: boolean
  /** How many of the undo's calls have been done to it. */
  undone: number
  /** How often an undo's call was sent. */
  undoSends: number
}

export type Walk = {
  readonly record: RunRecord
  readonly things: ReadonlyMap<string, Thing>
}

const fault = { code: 'Fault', message: 'It went wrong.', remedy: 'Try again.' }

/** What is told of each thing that is done, and the record before and after it. */
export type Watch = (event: RunEvent, before: RunRecord, after: RunRecord, todo: Todo | null) => void

/**
 * A run from its beginning to a rest that nobody ends, against a cloud that does what `dice` says: 0 goes well, anything else is one of
 * the ways in which a call, a look or the console fails. Without dice left all goes well, and a person retries until it is over.
 */
export function walk(of: {
  readonly steps: readonly PlanStep[]
  readonly theirs: ReadonlySet<string>
  readonly dice: readonly number[]
  readonly watch: Watch
}): Walk {
  const things = new Map<string, Thing>(
    of.steps.map(({ id }) => [
      id,
      { theirs: of.theirs.has(id), made: 0, late: false, undone: 0, undoSends: 0 },
    ]),
  )
  let used = 0
  let atMs = 1_000
  const roll = (sides: number): number => (of.dice[used++] ?? 0) % sides
  let record = newRecord({
    id: 'run-1',
    intentId: 'intent-1',
    kind: 'test',
    by: { sessionId: null, role: 'operator', address: null },
    plan: planOf(of.steps),
    target: localTarget,
    nowMs: atMs,
  })
  let todo: Todo | null = null
  const tell = (event: RunEvent) => {
    const before = record
    record = reduce(before, event)
    of.watch(event, before, record, todo)
  }
  const thingOf = ({ step }: At): Thing => {
    const thing = things.get(step.id)
    if (!thing) throw new Error(`no thing ${step.id}`)
    return thing
  }
  const answerOf = ({ step }: At, made: boolean): Answer => ({
    requestId: 'request-1',
    outputs: {},
    operationId: step.after?.kind === 'operation' ? 'operation-1' : null,
    deploymentId: null,
    made,
  })

  function send(at: At) {
    const stepId = at.step.id
    const thing = thingOf(at)
    tell({ type: 'sending', stepId, atMs })
    const make = () => {
      if (!thing.theirs) thing.made += 1
    }
    const way = roll(8)
    if (way === 0) {
      make()
      tell({ type: 'answered', stepId, atMs, answer: answerOf(at, !thing.theirs) })
    } else if (way === 1) tell({ type: 'refused', stepId, atMs, error: fault, requestId: null })
    else {
      if (way === 2 || way === 5) make()
      if (way === 3 || way === 6) thing.late = true
      tell(
        way < 5
          ? { type: 'no answer', stepId, atMs, error: fault, requestId: null }
          : { type: 'interrupted', atMs },
      )
    }
  }

  function lookUp(at: At) {
    const stepId = at.step.id
    const thing = thingOf(at)
    for (let faults = roll(3); faults > 0 && record.run.state === 'running'; faults -= 1)
      tell({ type: 'waiting', stepId, atMs, words: `AWS to answer again (${faults})` })
    const way = roll(6)
    if (way === 1) tell({ type: 'look-up failed', stepId, atMs, error: fault })
    else if (way === 2) tell({ type: 'interrupted', atMs })
    else if (thing.made > 0 || thing.theirs)
      tell({ type: 'found', stepId, atMs, answer: answerOf(at, !thing.theirs) })
    else tell({ type: 'not found', stepId, atMs })
  }

  function waitAfter(at: At) {
    const stepId = at.step.id
    const thing = thingOf(at)
    if (roll(2) === 1) tell({ type: 'waiting', stepId, atMs, words: 'AWS to finish' })
    const way = roll(6)
    if (way === 1) tell({ type: 'wait failed', stepId, atMs, error: fault, nothingMade: false })
    else if (way === 2) tell({ type: 'interrupted', atMs })
    else if (way === 3) tell({ type: 'halted', atMs, error: fault })
    else if (way === 5 && record.run.state === 'running')
      tell({ type: 'refused', stepId, atMs, error: fault, requestId: null })
    else if (way === 4 && at.step.after?.kind === 'operation' && !thing.theirs) {
      thing.made -= 1
      tell({ type: 'wait failed', stepId, atMs, error: fault, nothingMade: true })
    } else tell({ type: 'settled', stepId, atMs, outputs: {} })
  }

  function undoSend(at: At, callIndex: number) {
    const stepId = at.step.id
    const thing = thingOf(at)
    thing.undoSends += 1
    tell({ type: 'undo sending', stepId, atMs })
    const way = roll(7)
    const goes = () => {
      thing.undone = Math.max(thing.undone, callIndex + 1)
    }
    if (way === 1) tell({ type: 'undo failed', stepId, atMs, error: fault })
    else if (way === 2 || way === 3) {
      if (way === 2) goes()
      tell({ type: 'undo no answer', stepId, atMs, error: fault })
    } else if (way === 4 || way === 5) {
      if (way === 4) goes()
      tell({ type: 'interrupted', atMs })
    } else {
      goes()
      tell({ type: 'undo answered', stepId, atMs, operationId: null })
    }
  }

  function perform(one: Exclude<Todo, { kind: 'rest' }>) {
    switch (one.kind) {
      case 'check':
        return tell(
          roll(12) === 1
            ? { type: 'halted', atMs, error: fault }
            : { type: 'checked', atMs, differences: [] },
        )
      case 'wait before':
        return tell(
          roll(6) === 1
            ? { type: 'wait failed', stepId: one.step.id, atMs, error: fault, nothingMade: false }
            : { type: 'waited before', stepId: one.step.id, atMs },
        )
      case 'look before':
        return tell(
          roll(6) === 1
            ? { type: 'refused', stepId: one.step.id, atMs, error: fault, requestId: null }
            : { type: 'looked before', stepId: one.step.id, atMs, facts: { there: thingOf(one).theirs } },
        )
      case 'send':
        return send(one)
      case 'look up':
        return lookUp(one)
      case 'wait after':
        return waitAfter(one)
      case 'undo look before':
        return tell(
          roll(6) === 1
            ? { type: 'undo failed', stepId: one.step.id, atMs, error: fault }
            : { type: 'undo looked before', stepId: one.step.id, atMs, facts: null },
        )
      case 'undo send':
        return undoSend(one, one.memory.undo.callsDone)
      case 'undo look up': {
        const isGone = thingOf(one).undone > one.memory.undo.callsDone
        if (roll(5) === 1) return tell({ type: 'undo not known', stepId: one.step.id, atMs, error: fault })
        return tell(
          isGone
            ? { type: 'undo answered', stepId: one.step.id, atMs, operationId: null }
            : { type: 'undo not taken', stepId: one.step.id, atMs },
        )
      }
      case 'undo wait': {
        if (roll(2) === 1) tell({ type: 'waiting', stepId: one.step.id, atMs, words: 'it to go' })
        const way = roll(5)
        if (way === 2) return tell({ type: 'interrupted', atMs })
        return tell(
          way === 1
            ? { type: 'undo failed', stepId: one.step.id, atMs, error: fault }
            : { type: 'undo waited', stepId: one.step.id, atMs },
        )
      }
    }
  }

  /** A person comes back to a resting run; false: there is nothing left to do. */
  function comeBack(): boolean {
    todo = null
    for (const thing of things.values())
      if (thing.late) {
        thing.late = false
        thing.made += thing.theirs ? 0 : 1
      }
    const way = roll(3)
    if (way === 1 && canUndo(record.run)) tell({ type: 'undo wanted', atMs })
    else if (canRetry(record.run)) tell({ type: 'retry wanted', atMs })
    else if (record.run.state === 'undo failed' && canUndo(record.run)) tell({ type: 'undo wanted', atMs })
    else return false
    return true
  }

  const most = 400 + of.dice.length * 20
  for (let turn = 0; turn < most; turn += 1) {
    atMs += 10
    todo = next(record)
    if (todo.kind !== 'rest') perform(todo)
    else if (!comeBack()) return { record, things }
  }
  throw new Error(`The run does not come to an end: ${JSON.stringify(next(record))}`)
}
