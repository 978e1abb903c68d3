import type { Clients } from '@/lib/target/clients'
import type { Command, CommandInputs } from '../command'
import { isInputOf } from '../modelled-input'
import type { Answer } from '../run/event'
import type { Facts } from '../seen'

export type PlanClients = Pick<Clients, 'ecs' | 'cloudMap'>

/** What is known about a call when its answer is lost. */
export type Clues = {
  /** The idempotency token that it carried. */
  readonly token: string
  /** What AWS had before the first sending. */
  readonly before: Facts | null
  readonly sentAtMs: number | null
}

export type Recognised =
  | { readonly found: true; readonly answer: Answer }
  | { readonly found: false }
  /** AWS works on something that may be it: look again. */
  | { readonly found: null; readonly waitingFor: string }

/** How one command is sent, and how a lost answer of it is found again. All throw the SDK's errors. */
export type CommandSpec<Input> = {
  /** What must be known before the first sending to recognise a lost answer; null: nothing. */
  readonly lookBefore: ((clients: PlanClients, input: Input) => Promise<Facts>) | null
  readonly send: (clients: PlanClients, input: Input, clues: Clues) => Promise<Answer>
  /** Whether AWS has done it, by reading only. */
  readonly recognise: (clients: PlanClients, input: Input, clues: Clues) => Promise<Recognised>
}

/** A command whose input is checked when it is called. */
export type CommandRunner = {
  lookBefore(clients: PlanClients, input: unknown): Promise<Facts | null>
  send(clients: PlanClients, input: unknown, clues: Clues): Promise<Answer>
  recognise(clients: PlanClients, input: unknown, clues: Clues): Promise<Recognised>
}

/** An input of another shape than the SDK's; a plan that was checked does not get here. */
class WrongInput extends Error {
  override readonly name = 'WrongInput'
}

export function commandRunner<C extends Command>(
  command: C,
  spec: CommandSpec<CommandInputs[C]>,
): CommandRunner {
  const checked = (input: unknown): CommandInputs[C] => {
    if (isInputOf(command, input)) return input
    throw new WrongInput(`The input does not have the shape of ${command}.`)
  }
  return {
    lookBefore: async (clients, input) => spec.lookBefore?.(clients, checked(input)) ?? null,
    send: (clients, input, clues) => spec.send(clients, checked(input), clues),
    recognise: (clients, input, clues) => spec.recognise(clients, checked(input), clues),
  }
}

type Metadata = { readonly $metadata: { readonly requestId?: string | undefined } }

/** An answer of a call that is done when AWS answers. */
export const answered = (answer: Metadata, more: Partial<Omit<Answer, 'requestId'>> = {}): Answer => ({
  requestId: answer.$metadata.requestId ?? null,
  outputs: {},
  operationId: null,
  deploymentId: null,
  made: true,
  ...more,
})

/** What a look-up says about a call that AWS has done. */
export const foundBy = (more: Partial<Omit<Answer, 'requestId'>> = {}): Recognised => ({
  found: true,
  answer: { requestId: null, outputs: {}, operationId: null, deploymentId: null, made: true, ...more },
})

export const notThere: Recognised = { found: false }

/** The AWS error's name; empty for anything else. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : '')

/** A member of an AWS error: `DuplicateOperationId`. */
export function errorMember(error: unknown, member: string): string | null {
  if (typeof error !== 'object' || error === null) return null
  const value: unknown = Reflect.get(error, member)
  return typeof value === 'string' && value !== '' ? value : null
}

/** AWS's request id of a failed call. */
export function requestIdOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  return errorMember(Reflect.get(error, '$metadata'), 'requestId')
}

/** The call's answer, or null when one of `names` says that what it is about is not there. */
export async function unlessGone<T>(names: readonly string[], call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (names.includes(errorName(error))) return null
    throw error
  }
}
