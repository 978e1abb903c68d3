import type { ZodError } from 'zod'
import type { Planned } from '../plan/plan'
import type { Change, ChangeKind } from './change'
import { refuse } from './refuse'
import type { World } from './world'

/** A change whose input is not checked yet. */
export type UncheckedChange = {
  readonly kind: ChangeKind
  /** Parses, then plans. Throws what `plan` throws. */
  readonly planFrom: (input: unknown, world: World) => Planned
}

const MOST_ISSUES = 5

/** `containers.0.name: A container needs a name.` */
function sentenceOf(error: ZodError): string {
  const issues = error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => {
    const where = path.map(String).join('.')
    return where === '' ? message : `${where}: ${message}`
  })
  const more = error.issues.length - issues.length
  return more > 0 ? `${issues.join(' ')} And ${more} more.` : issues.join(' ')
}

/** Forgets the type of a change's input, so that changes of all kinds stand in one list. */
export const unchecked = <Input>({ kind, schema, plan }: Change<Input>): UncheckedChange => ({
  kind,
  planFrom(input, world) {
    const parsed = schema.safeParse(input)
    return parsed.success
      ? plan(parsed.data, world)
      : refuse(
          'InvalidInput',
          sentenceOf(parsed.error),
          'Correct the fields and try again; nothing was sent.',
        )
  },
})
